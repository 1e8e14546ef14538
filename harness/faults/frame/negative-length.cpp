#include "faults/fault.h"
#include "ws/frame.h"

namespace halfopen::faults {
namespace {

std::vector<Act> acts(const Arguments& /*arguments*/) {
  constexpr std::uint64_t top_bit = std::uint64_t{1} << 63;
  Bytes bytes;
  ws::encode(bytes, {.opcode = 2, .declared_length = top_bit | 5, .length_bits = 64},
             as_bytes("hello"));
  return {{Act::Kind::send, bytes}};
}

}  // namespace

extern const Fault frame_negative_length = {
    .name = "negative-length",
    .layer = Layer::frame,
    .about = "Sends a frame head with a 64-bit length whose top bit is set.",
    .background = "A length that a signed 64-bit number cannot hold.",
    .correct = "Fails the connection (1002, or 1009) at once, and reserves no memory for it.",
    .source = "RFC 6455, section 5.2",
    .acts = acts,
    .fails_with = {1002, 1009},
};

}  // namespace halfopen::faults
