#include "ws/head_fault.h"

#include "ws/opcode.h"

namespace halfopen::ws {
namespace {

constexpr std::uint64_t longest_control = 125;  // RFC 6455, section 5.5

std::uint64_t number_at(ByteView bytes, std::size_t begin, std::size_t count) {
  std::uint64_t number = 0;
  for (std::size_t i = begin; i < begin + count && i < bytes.size(); ++i) {
    number = number << 8 | bytes[i];
  }
  return number;
}

}  // namespace

std::string head_fault(ByteView head) {
  if (head.size() < 2) return "a frame with a head that is no head";
  const auto opcode = static_cast<std::uint8_t>(head[0] & 0x0f);
  const bool fin = (head[0] & 0x80) != 0;
  const std::uint64_t length = head[1] & 0x7f;
  if ((opcode & 8) != 0 && !fin) return "a fragmented " + name_of(opcode) + " frame";
  if ((opcode & 8) != 0 && length > longest_control) {
    return "a " + name_of(opcode) + " frame longer than 125 bytes";
  }
  const bool wide = length == 127;
  const std::uint64_t written = number_at(head, 2, wide ? 8 : 2);
  if (written >> 63 != 0) return "a frame length with its top bit set";
  return "a frame length of " + std::to_string(written) + " written in " + (wide ? "64" : "16") +
         " bits";
}

}  // namespace halfopen::ws
