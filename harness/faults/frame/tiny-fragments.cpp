#include "faults/arguments.h"
#include "faults/fault.h"
#include "ws/frame.h"

namespace halfopen::faults {
namespace {

std::vector<Act> acts(const Arguments& arguments) {
  const auto count = argument<std::int64_t>(arguments, "count");
  Bytes bytes;
  for (std::int64_t i = 0; i < count; ++i) {
    const ws::FrameHead head{.opcode = static_cast<std::uint8_t>(i == 0 ? 1 : 0),
                             .fin = i + 1 == count};
    ws::encode(bytes, head, as_bytes("x"));
  }
  return {{Act::Kind::send, bytes}};
}

}  // namespace

extern const Fault frame_tiny_fragments = {
    .name = "tiny-fragments",
    .layer = Layer::frame,
    .about = "Sends one text message in many fragments of one byte.",
    .background = "A server that streams a message as it is made.",
    .correct = "Goes on: the message arrives whole, once.",
    .source = "RFC 6455, section 5.4",
    .parameters = {{.name = "count",
                    .type = Type::count,
                    .fallback = "1000",
                    .about = "How many fragments.",
                    .lowest = 2,
                    .highest = 1000000}},
    .acts = acts,
};

}  // namespace halfopen::faults
