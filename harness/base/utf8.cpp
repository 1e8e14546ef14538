#include "base/utf8.h"

#include <array>

namespace halfopen {
namespace {

/// The length of the well-formed sequence at the start of `text`, or 0.
std::size_t sequence_length(ByteView text) {
  const auto in = [&](std::size_t i, int lo, int hi) {
    return i < text.size() && lo <= text[i] && text[i] <= hi;
  };
  const int lead = text[0];
  if (lead < 0x80) return 1;
  if (in(0, 0xc2, 0xdf)) return in(1, 0x80, 0xbf) ? 2 : 0;
  if (in(0, 0xe0, 0xef)) {
    const int lo = lead == 0xe0 ? 0xa0 : 0x80;
    const int hi = lead == 0xed ? 0x9f : 0xbf;
    return in(1, lo, hi) && in(2, 0x80, 0xbf) ? 3 : 0;
  }
  if (in(0, 0xf0, 0xf4)) {
    const int lo = lead == 0xf0 ? 0x90 : 0x80;
    const int hi = lead == 0xf4 ? 0x8f : 0xbf;
    return in(1, lo, hi) && in(2, 0x80, 0xbf) && in(3, 0x80, 0xbf) ? 4 : 0;
  }
  return 0;
}

/// The code point of a well-formed sequence.
char32_t code_of(ByteView sequence) {
  constexpr std::array<unsigned, 5> lead_bits{0, 0x7f, 0x1f, 0x0f, 0x07};
  char32_t code = sequence[0] & lead_bits[sequence.size()];
  for (const std::uint8_t next : sequence.subspan(1)) code = code << 6U | (next & 0x3fU);
  return code;
}

}  // namespace

Character first_character(ByteView text) {
  const std::size_t size = sequence_length(text);
  if (size == 0) return {};
  return {size, code_of(text.first(size))};
}

}  // namespace halfopen
