#include "faults/arguments.h"
#include "faults/ending.h"
#include "faults/fault.h"
#include "ws/frame.h"

namespace halfopen::faults {
namespace {

std::vector<Act> acts(const Arguments& arguments) {
  Bytes bytes;
  const std::string& text = argument<std::string>(arguments, "text");
  ws::encode(bytes, {.opcode = 1, .fin = false}, as_bytes(text));
  return {{Act::Kind::send, bytes}, ending(arguments)};
}

}  // namespace

extern const Fault drop_mid_message = {
    .name = "mid-message",
    .layer = Layer::drop,
    .about = "Sends the first fragment of a text message, then ends the connection.",
    .background = "The connection dies between two fragments of a message.",
    .correct = "Reports 1006, and never delivers the fragment.",
    .source = "RFC 6455, sections 5.4 and 7.1.7",
    .parameters = {{.name = "text",
                    .type = Type::text,
                    .fallback = "the first half of",
                    .about = "The fragment that is sent."},
                   ending_parameter()},
    .acts = acts,
};

}  // namespace halfopen::faults
