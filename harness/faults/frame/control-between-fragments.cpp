#include "faults/fault.h"
#include "ws/frame.h"

namespace halfopen::faults {
namespace {

std::vector<Act> acts(const Arguments& /*arguments*/) {
  Bytes bytes;
  ws::encode(bytes, {.opcode = 1, .fin = false}, as_bytes("in "));
  ws::encode(bytes, {.opcode = 9}, as_bytes("between"));
  ws::encode(bytes, {.opcode = 0, .fin = false}, as_bytes("three "));
  ws::encode(bytes, {.opcode = 10}, as_bytes("nobody asked"));
  ws::encode(bytes, {.opcode = 0}, as_bytes("parts"));
  return {{Act::Kind::send, bytes}};
}

}  // namespace

extern const Fault frame_control_between_fragments = {
    .name = "control-between-fragments",
    .layer = Layer::frame,
    .about = "Sends a text message in three fragments, with a ping and a pong between them.",
    .background = "A ping and a pong on their way while a long message is being sent.",
    .correct = "Answers the ping at once and delivers the message whole.",
    .source = "RFC 6455, section 5.4",
    .acts = acts,
};

}  // namespace halfopen::faults
