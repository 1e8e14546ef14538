#include "faults/fault.h"
#include "ws/frame.h"

namespace halfopen::faults {
namespace {

std::vector<Act> acts(const Arguments& /*arguments*/) {
  Bytes bytes;
  ws::encode(bytes, {.opcode = 9, .fin = false}, as_bytes("pi"));
  ws::encode(bytes, {.opcode = 0}, as_bytes("ng"));
  return {{Act::Kind::send, bytes}};
}

}  // namespace

extern const Fault frame_fragmented_control = {
    .name = "fragmented-control",
    .layer = Layer::frame,
    .about = "Sends a ping in two fragments.",
    .background = "A ping that was cut in two by a proxy which does not know control frames.",
    .correct =
        "Fails the connection: Close 1002, TCP closed, nothing delivered; then its usual backoff.",
    .source = "RFC 6455, section 5.4",
    .acts = acts,
    .fails_with = {1002},
};

}  // namespace halfopen::faults
