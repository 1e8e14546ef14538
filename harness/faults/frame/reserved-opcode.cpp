#include "faults/arguments.h"
#include "faults/fault.h"
#include "ws/frame.h"

namespace halfopen::faults {
namespace {

std::vector<Act> acts(const Arguments& arguments) {
  const auto opcode = static_cast<std::uint8_t>(argument<std::int64_t>(arguments, "opcode"));
  if ((opcode < 3 || opcode > 7) && opcode < 11)
    throw Error("send a reserved opcode", "the reserved ones are 3 to 7 and 11 to 15");
  Bytes bytes;
  ws::encode(bytes, {.opcode = opcode}, {});
  return {{Act::Kind::send, bytes}};
}

}  // namespace

extern const Fault frame_reserved_opcode = {
    .name = "reserved-opcode",
    .layer = Layer::frame,
    .about = "Sends a frame with an opcode that RFC 6455 reserves.",
    .background = "A peer of a later version of the protocol, or a stream that is out of step.",
    .correct =
        "Fails the connection: Close 1002, TCP closed, nothing delivered; then its usual backoff.",
    .source = "RFC 6455, section 5.2",
    .parameters = {{.name = "opcode",
                    .type = Type::count,
                    .fallback = "3",
                    .about = "The opcode: 3 to 7 (data) or 11 to 15 (control).",
                    .lowest = 3,
                    .highest = 15}},
    .acts = acts,
    .fails_with = {1002},
};

}  // namespace halfopen::faults
