#include "ws/frame.h"

#include <algorithm>

#include "ws/mask.h"

namespace halfopen::ws {
namespace {

/// Big-endian, the last `count` bytes of `value`.
void append_number(Bytes& out, std::uint64_t value, int count) {
  for (int i = count - 1; i >= 0; --i) out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

int minimal_length_bits(std::uint64_t length) {
  if (length < 126) return 7;
  return length <= 0xffff ? 16 : 64;
}

}  // namespace

void encode(Bytes& out, const FrameHead& head, ByteView payload) {
  const std::uint64_t length = head.declared_length.value_or(payload.size());
  const int bits = head.length_bits != 0 ? head.length_bits : minimal_length_bits(length);
  const std::uint8_t mask_bit = head.mask ? 0x80 : 0;
  out.push_back(
      static_cast<std::uint8_t>((head.fin ? 0x80 : 0) | (head.rsv & 7) << 4 | (head.opcode & 0xf)));
  if (bits == 7) {
    out.push_back(static_cast<std::uint8_t>(mask_bit | (length & 0x7f)));
  } else if (bits == 16) {
    out.push_back(mask_bit | 126);
    append_number(out, length, 2);
  } else {
    out.push_back(mask_bit | 127);
    append_number(out, length, 8);
  }
  if (head.mask) append_number(out, *head.mask, 4);
  const std::size_t begin = out.size();
  append(out, payload);
  if (!head.mask) return;
  MaskingKey key{};
  std::copy_n(out.data() + begin - key.size(), key.size(), key.begin());
  mask(std::span(out).subspan(begin), key, 0);
}

Bytes frame(Opcode opcode, ByteView payload) {
  Bytes out;
  encode(out, {.opcode = static_cast<std::uint8_t>(opcode)}, payload);
  return out;
}

Bytes close_frame(std::optional<std::uint16_t> code, std::string_view reason) {
  Bytes payload;
  if (code) append_number(payload, *code, 2);
  append(payload, reason);
  return frame(Opcode::close, payload);
}

}  // namespace halfopen::ws
