#include "faults/fault.h"
#include "ws/frame.h"

namespace halfopen::faults {
namespace {

std::vector<Act> acts(const Arguments& /*arguments*/) {
  Bytes bytes;
  ws::encode(bytes, {.opcode = 1, .fin = false}, {});
  ws::encode(bytes, {.opcode = 0, .fin = false}, as_bytes("almost "));
  ws::encode(bytes, {.opcode = 0, .fin = false}, {});
  ws::encode(bytes, {.opcode = 0, .fin = false}, as_bytes("empty"));
  ws::encode(bytes, {.opcode = 0}, {});
  return {{Act::Kind::send, bytes}};
}

}  // namespace

extern const Fault frame_empty_fragments = {
    .name = "empty-fragments",
    .layer = Layer::frame,
    .about = "Sends a text message with empty fragments before, within and behind it.",
    .background = "A server that flushes an empty buffer.",
    .correct = "Goes on: the message arrives whole, once.",
    .source = "RFC 6455, section 5.4",
    .acts = acts,
};

}  // namespace halfopen::faults
