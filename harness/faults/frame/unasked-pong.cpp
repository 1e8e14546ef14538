#include "faults/fault.h"
#include "ws/frame.h"

namespace halfopen::faults {
namespace {

std::vector<Act> acts(const Arguments& /*arguments*/) {
  Bytes bytes;
  ws::encode(bytes, {.opcode = 10}, as_bytes("unasked"));
  return {{Act::Kind::send, bytes}};
}

}  // namespace

extern const Fault frame_unasked_pong = {
    .name = "unasked-pong",
    .layer = Layer::frame,
    .about = "Sends a pong that answers no ping.",
    .background = "A heartbeat in one direction, as RFC 6455 allows it.",
    .correct = "Ignores it.",
    .source = "RFC 6455, section 5.5.3",
    .acts = acts,
};

}  // namespace halfopen::faults
