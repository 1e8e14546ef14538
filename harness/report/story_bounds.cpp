#include "report/story_bounds.h"

#include <fmt/format.h>

#include <algorithm>

namespace halfopen::report {

std::size_t most_told(const std::vector<Result>& results) {
  constexpr std::size_t all = std::size_t{24} * 1024 * 1024;
  constexpr std::size_t most = std::size_t{64} * 1024;
  constexpr std::size_t least = 1024;
  const auto told = static_cast<std::size_t>(std::ranges::count_if(
      results, [](const Result& each) { return each.verdict.outcome != judge::Outcome::pass; }));
  return std::clamp(all / std::max<std::size_t>(told, 1), least, most);
}

std::string without_middle(const std::string& text, std::size_t most) {
  if (text.size() <= most) return text;
  const std::size_t first_end = text.rfind('\n', most / 2);
  std::size_t last_begin = text.find('\n', text.size() - most / 2);
  if (first_end == std::string::npos || last_begin == std::string::npos)
    return text.substr(0, most);
  ++last_begin;
  const auto lines =
      std::ranges::count(text.begin() + static_cast<std::ptrdiff_t>(first_end) + 1,
                         text.begin() + static_cast<std::ptrdiff_t>(last_begin), '\n');
  return text.substr(0, first_end + 1) + fmt::format("  … {} lines left out …\n", lines) +
         text.substr(last_begin);
}

}  // namespace halfopen::report
