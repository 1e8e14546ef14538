#include "faults/arguments.h"
#include "faults/fault.h"
#include "ws/frame.h"

namespace halfopen::faults {
namespace {

std::vector<Act> acts(const Arguments& arguments) {
  const std::uint8_t opcode = argument<std::string>(arguments, "opcode") == "pong" ? 10 : 9;
  Bytes bytes;
  ws::encode(bytes, {.opcode = opcode}, Bytes(126, 'x'));
  return {{Act::Kind::send, bytes}};
}

}  // namespace

extern const Fault frame_long_control = {
    .name = "long-control",
    .layer = Layer::frame,
    .about = "Sends a control frame with a payload of more than 125 bytes.",
    .background = "A server that puts a whole message into a ping.",
    .correct =
        "Fails the connection: Close 1002, TCP closed, nothing delivered; then its usual backoff.",
    .source = "RFC 6455, section 5.5",
    .parameters = {{.name = "opcode",
                    .fallback = "ping",
                    .about = "Which control frame.",
                    .choices = {"ping", "pong"}}},
    .acts = acts,
    .fails_with = {1002},
};

}  // namespace halfopen::faults
