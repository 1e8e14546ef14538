#include "faults/fault.h"
#include "ws/frame.h"

namespace halfopen::faults {
namespace {

std::vector<Act> acts(const Arguments& /*arguments*/) {
  Bytes bytes;
  ws::encode(bytes, {.opcode = 1, .fin = false}, as_bytes("the first half of"));
  ws::encode(bytes, {.opcode = 8}, Bytes{0x03, 0xe9});
  return {{Act::Kind::close, bytes}};
}

}  // namespace

extern const Fault close_mid_message = {
    .name = "mid-message",
    .layer = Layer::close,
    .about = "Sends the first fragment of a message and then Close 1001.",
    .background = "A server that shuts down while it is sending.",
    .correct = "Answers the Close, and never delivers the fragment.",
    .source = "RFC 6455, sections 5.4 and 7.1.6",
    .acts = acts,
};

}  // namespace halfopen::faults
