#include "report/columns.h"

#include <algorithm>

namespace halfopen::report {
namespace {

// One character: its bytes and its code point. A byte that begins none stands for itself.
struct Character {
  std::size_t size = 1;
  char32_t code = 0;
};

Character first_of(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  std::size_t size = 1;
  if (lead >= 0xf0)
    size = 4;
  else if (lead >= 0xe0)
    size = 3;
  else if (lead >= 0xc0)
    size = 2;
  size = std::min(size, text.size());
  char32_t code = size == 1 ? lead : lead & (0xffU >> (size + 1));
  for (std::size_t i = 1; i < size; ++i)
    code = (code << 6U) | (static_cast<unsigned char>(text[i]) & 0x3fU);
  return {size, code};
}

// After the East Asian Width property (UAX #11), by blocks: what clients print is seldom finer.
int width_of(char32_t code) {
  const auto within = [code](char32_t lo, char32_t hi) { return lo <= code && code <= hi; };
  if (within(0x300, 0x36f) || within(0x200b, 0x200f) || within(0xfe00, 0xfe0f)) return 0;
  if (within(0x1100, 0x115f) || within(0x2e80, 0xa4cf) || within(0xac00, 0xd7a3) ||
      within(0xf900, 0xfaff) || within(0xfe30, 0xfe6f) || within(0xff00, 0xff60) ||
      within(0x1f300, 0x1faff) || within(0x20000, 0x3fffd))
    return 2;
  return 1;
}

}  // namespace

int columns(std::string_view text) {
  int sum = 0;
  while (!text.empty()) {
    const Character next = first_of(text);
    sum += width_of(next.code);
    text.remove_prefix(next.size);
  }
  return sum;
}

std::string fit(std::string_view text, int width) {
  if (columns(text) <= width) return std::string(text);
  std::size_t size = 0;
  int used = 1;  // for the ellipsis
  while (size < text.size()) {
    const Character next = first_of(text.substr(size));
    used += width_of(next.code);
    if (used > width) break;
    size += next.size;
  }
  return std::string(text.substr(0, size)) + "…";
}

std::string padded(std::string_view text, int width) {
  const int missing = std::max(0, width - columns(text));
  return std::string(text) + std::string(static_cast<std::size_t>(missing), ' ');
}

std::string wrapped(std::string_view text, int width, int indent) {
  std::string out;
  int used = 0;
  while (!text.empty()) {
    const std::size_t space = text.find(' ');
    const std::string_view word = text.substr(0, space);
    text.remove_prefix(space == std::string_view::npos ? text.size() : space + 1);
    const int wide = columns(word);
    if (used > 0 && used + 1 + wide > width) {
      out += "\n" + std::string(static_cast<std::size_t>(indent), ' ');
      used = indent;
    } else if (!out.empty()) {
      out += ' ';
      ++used;
    }
    out += word;
    used += wide;
  }
  return out;
}

}  // namespace halfopen::report
