#include "report/shell_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "base/bytes.h"

namespace halfopen::report {
namespace {

bool is_plain(char c) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return letter || (c >= '0' && c <= '9') ||
         std::string_view("-_./@:=+,%").find(c) != std::string::npos;
}

// In the quotes that take escapes (POSIX.1-2024, 2.2.4): what a terminal would obey is not printed.
std::string in_dollar_quotes(const std::string& word) {
  std::string text = "$'";
  for (const char c : word) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\'' || c == '\\')
      text += std::string("\\") + c;
    else if (byte < 0x20 || byte >= 0x7f)
      text += fmt::format("\\x{:02x}", byte);
    else
      text += c;
  }
  return text + "'";
}

}  // namespace

// In single quotes where a shell would see more than a word (POSIX, 2.2.2).
std::string in_quotes(const std::string& word) {
  if (!word.empty() && std::ranges::all_of(word, is_plain)) return word;
  if (printable_line(word) != word) return in_dollar_quotes(word);
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

}  // namespace halfopen::report
