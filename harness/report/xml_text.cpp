#include "report/xml_text.h"

#include <array>

namespace halfopen::report {
namespace {

// A well-formed character of UTF-8 (RFC 3629, section 3); size 0: there is none.
struct Character {
  std::size_t size = 0;
  char32_t code = 0;
};

std::size_t size_by(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead < 0xc2) return 0;
  if (lead < 0xe0) return 2;
  if (lead < 0xf0) return 3;
  return lead < 0xf5 ? 4 : 0;
}

Character first_of(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t size = size_by(lead);
  if (size == 0 || size > text.size()) return {};
  char32_t code = size == 1 ? lead : lead & (0xffU >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xc0U) != 0x80) return {};
    code = (code << 6U) | (byte & 0x3fU);
  }
  constexpr std::array<char32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
  if (code < least.at(size)) return {};
  return {size, code};
}

bool is_char(char32_t code) {
  if (code < 0x20) return code == '\t' || code == '\n';
  return code < 0xd800 || (code >= 0xe000 && code < 0xfffe) || (code > 0xffff && code < 0x110000);
}

}  // namespace

std::string xml_text(std::string_view text) {
  std::string safe;
  while (!text.empty()) {
    const Character next = first_of(text);
    const std::size_t size = next.size == 0 ? 1 : next.size;
    safe += next.size > 0 && is_char(next.code) ? text.substr(0, size) : "\xef\xbf\xbd";
    text.remove_prefix(size);
  }
  return safe;
}

}  // namespace halfopen::report
