#include "base/bytes.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.h"

namespace halfopen {
namespace {

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

bool is_printable(char32_t code) {
  const auto within = [code](char32_t lo, char32_t hi) { return lo <= code && code <= hi; };
  const bool control = code < 0x20 || within(0x7f, 0x9f);
  const bool bidirectional =
      code == 0x61c || within(0x200e, 0x200f) || within(0x202a, 0x202e) || within(0x2066, 0x2069);
  const bool invisible = code == 0x200b || within(0x2028, 0x2029) || code == 0xfeff ||
                         within(0xfff9, 0xfffb) || within(0xe0000, 0xe007f);
  return !control && !bidirectional && !invisible;
}

/// As in JSON, so that JSON stays JSON.
void escape(std::string& out, char32_t code) {
  if (code < 0x7f) return escape(out, static_cast<std::uint8_t>(code));
  if (code <= 0xffff) {
    out += fmt::format("\\u{:04x}", static_cast<std::uint32_t>(code));
    return;
  }
  const std::uint32_t above = static_cast<std::uint32_t>(code) - 0x10000;
  out += fmt::format("\\u{:04x}\\u{:04x}", 0xd800 + (above >> 10U), 0xdc00 + (above & 0x3ffU));
}

/// Takes one character off the text and writes it down.
void take_one(ByteView& text, std::string& out) {
  const Character next = first_character(text);
  const std::size_t size = std::max<std::size_t>(next.size, 1);
  if (next.size == 0) {
    escape(out, text[0]);
  } else if (is_printable(next.code)) {
    out += as_text(text.first(size));
  } else {
    escape(out, next.code);
  }
  text = text.subspan(size);
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
    const std::size_t size = first_character(text).size;
    if (size == 0) return false;
    text = text.subspan(size);
  }
  return true;
}

std::string printable(ByteView text, std::size_t limit) {
  std::string out;
  ByteView rest = text;
  while (!rest.empty() && text.size() - rest.size() < limit) take_one(rest, out);
  if (!rest.empty()) out += fmt::format("… ({} bytes)", text.size());
  return out;
}

std::string printable_line(std::string_view text) {
  return printable(as_bytes(text), std::string_view::npos);
}

std::string printable_lines(std::string_view text) {
  std::string out;
  for (ByteView rest = as_bytes(text); !rest.empty();) {
    if (rest[0] == '\n' || rest[0] == '\t') {
      out += static_cast<char>(rest[0]);
      rest = rest.subspan(1);
    } else {
      take_one(rest, out);
    }
  }
  return out;
}

}  // namespace halfopen
