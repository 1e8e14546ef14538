#include "faults/arguments.h"
#include "faults/fault.h"
#include "ws/frame.h"

namespace halfopen::faults {
namespace {

std::vector<Act> acts(const Arguments& arguments) {
  Bytes bytes;
  for (std::int64_t i = 1; i <= argument<std::int64_t>(arguments, "count"); ++i)
    ws::encode(bytes, {.opcode = 9}, as_bytes(std::to_string(i)));
  return {{Act::Kind::send, bytes}};
}

}  // namespace

extern const Fault frame_ping_flood = {
    .name = "ping-flood",
    .layer = Layer::frame,
    .about = "Sends many pings at once, each with a number as its payload.",
    .background = "A server with a broken timer, or one that means harm.",
    .correct = "Answers the latest one at least, keeps its memory bounded, and goes on.",
    .source = "RFC 6455, section 5.5.3",
    .parameters = {{.name = "count",
                    .type = Type::count,
                    .fallback = "1000",
                    .about = "How many pings.",
                    .lowest = 1,
                    .highest = 1000000}},
    .acts = acts,
};

}  // namespace halfopen::faults
