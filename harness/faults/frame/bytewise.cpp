#include "faults/arguments.h"
#include "faults/fault.h"
#include "ws/frame.h"

namespace halfopen::faults {
namespace {

std::vector<Act> acts(const Arguments& arguments) {
  Bytes bytes;
  ws::encode(bytes, {.opcode = 1}, as_bytes(argument<std::string>(arguments, "text")));
  return {{Act::Kind::drip, bytes}};
}

}  // namespace

extern const Fault frame_bytewise = {
    .name = "bytewise",
    .layer = Layer::frame,
    .about = "Sends a text message with each byte in a TCP segment of its own.",
    .background = "A very slow server, or a path with a tiny window.",
    .correct = "Goes on: the message arrives whole, once.",
    .source = "RFC 6455, section 5.4; RFC 9293, section 3.8",
    .parameters = {{.name = "text", .fallback = "byte by byte", .about = "The message."}},
    .acts = acts,
};

}  // namespace halfopen::faults
