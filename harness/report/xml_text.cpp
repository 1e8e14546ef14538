#include "report/xml_text.h"

#include <algorithm>

#include "base/utf8.h"

namespace halfopen::report {
namespace {

bool is_char(char32_t code) {
  if (code < 0x20) return code == '\t' || code == '\n';
  return code != 0xfffe && code != 0xffff;
}

}  // namespace

std::string xml_text(std::string_view text) {
  std::string safe;
  while (!text.empty()) {
    const Character next = first_character(as_bytes(text));
    const std::size_t size = std::max<std::size_t>(next.size, 1);
    safe += next.size > 0 && is_char(next.code) ? text.substr(0, size) : "\xef\xbf\xbd";
    text.remove_prefix(size);
  }
  return safe;
}

}  // namespace halfopen::report
