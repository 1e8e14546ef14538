#include "base/bytes.h"

#include <fmt/format.h>

namespace halfopen {
namespace {

/// The length of the well-formed UTF-8 sequence at the start of `text` (RFC 3629, section 4), or 0.
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

void escape(std::string& out, std::uint8_t byte) {
  switch (byte) {
    case '\n':
      out += "\\n";
      break;
    case '\r':
      out += "\\r";
      break;
    case '\t':
      out += "\\t";
      break;
    default:
      out += fmt::format("\\x{:02x}", byte);
  }
}

}  // namespace

std::string hex(ByteView bytes) {
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const std::uint8_t byte : bytes) out += fmt::format("{:02x}", byte);
  return out;
}

bool is_utf8(ByteView text) {
  while (!text.empty()) {
    const std::size_t length = sequence_length(text);
    if (length == 0) return false;
    text = text.subspan(length);
  }
  return true;
}

std::string printable(ByteView text, std::size_t limit) {
  const std::size_t whole = text.size();
  std::string out;
  std::size_t taken = 0;
  while (taken < whole && taken < limit) {
    const ByteView rest = text.subspan(taken);
    const std::size_t length = sequence_length(rest);
    if (length == 0 || rest[0] < 0x20 || rest[0] == 0x7f) {
      escape(out, rest[0]);
      ++taken;
    } else {
      out += as_text(rest.first(length));
      taken += length;
    }
  }
  if (taken < whole) out += fmt::format("… ({} bytes)", whole);
  return out;
}

}  // namespace halfopen
