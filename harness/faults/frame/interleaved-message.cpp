#include "faults/fault.h"
#include "ws/frame.h"

namespace halfopen::faults {
namespace {

std::vector<Act> acts(const Arguments& /*arguments*/) {
  Bytes bytes;
  ws::encode(bytes, {.opcode = 1, .fin = false}, as_bytes("the first half of"));
  ws::encode(bytes, {.opcode = 1}, as_bytes("another message"));
  return {{Act::Kind::send, bytes}};
}

}  // namespace

extern const Fault frame_interleaved_message = {
    .name = "interleaved-message",
    .layer = Layer::frame,
    .about = "Begins a text message, and begins another one before the first is whole.",
    .background = "Two threads of a server write to one connection without a lock.",
    .correct =
        "Fails the connection: Close 1002, TCP closed, nothing delivered; then its usual backoff.",
    .source = "RFC 6455, section 5.4",
    .acts = acts,
    .fails_with = {1002},
};

}  // namespace halfopen::faults
