#include "faults/arguments.h"
#include "faults/fault.h"
#include "ws/frame.h"

namespace halfopen::faults {
namespace {

std::vector<Act> acts(const Arguments& arguments) {
  const auto size = static_cast<std::uint64_t>(argument<std::int64_t>(arguments, "size"));
  Bytes bytes;
  ws::encode(bytes, {.opcode = 2, .declared_length = size, .length_bits = 64}, as_bytes("hello"));
  return {{Act::Kind::send, bytes}};
}

}  // namespace

extern const Fault frame_huge_length = {
    .name = "huge-length",
    .layer = Layer::frame,
    .about =
        "Sends the head of a binary frame that declares a huge payload, and a few bytes of it.",
    .background =
        "A peer that announces more than it will ever send, to make the client reserve memory.",
    .correct =
        "Fails the connection with 1009 once the length is over its limit; its memory stays "
        "bounded.",
    .source = "RFC 6455, sections 7.4.1 and 10.4",
    .parameters = {{.name = "size",
                    .type = Type::size,
                    .fallback = "1024GiB",
                    .about = "The length that is declared, in bytes.",
                    .lowest = 65536}},
    .acts = acts,
    .fails_with = {1009, 1002},
};

}  // namespace halfopen::faults
