#include "base/diagnostic.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

#include "base/bytes.h"

namespace halfopen {
namespace {

/// Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours (the
/// commonest slip of the fingers), one each.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1);  // The row before the last one.
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    before = std::exchange(last, row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substituted = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, substituted});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
  }
  return row[b.size()];
}

std::string_view line_of(std::string_view source, int line) {
  for (int i = 1; i < line; ++i) {
    const std::size_t end = source.find('\n');
    if (end == std::string_view::npos) return {};
    source.remove_prefix(end + 1);
  }
  return source.substr(0, source.find('\n'));
}

}  // namespace

std::string render(const Diagnostic& diagnostic, std::string_view source) {
  const Place place = diagnostic.place;
  const std::string file = printable_line(diagnostic.file);
  const std::string message = printable_lines(diagnostic.message);
  if (place.line < 1) return fmt::format("{}: {}", file, message);
  std::string out = fmt::format("{}:{}:{}: {}", file, place.line, place.column, message);
  std::string_view line = line_of(source, place.line);
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (line.empty()) return out;
  // Tabs stay tabs below, so that the caret stands under its column at any tab width.
  std::string indent =
      printable_lines(line.substr(0, static_cast<std::size_t>(std::max(0, place.column - 1))));
  std::replace_if(
      indent.begin(), indent.end(), [](char c) { return c != '\t'; }, ' ');
  return fmt::format("{}\n    {}\n    {}^", out, printable_lines(line), indent);
}

std::string nearest(std::string_view word, std::span<const std::string> candidates) {
  std::string best;
  std::size_t best_distance = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (const std::string& candidate : candidates) {
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < best_distance) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best;
}

std::string did_you_mean(std::string_view word, std::span<const std::string> candidates) {
  const std::string best = nearest(word, candidates);
  return best.empty() ? "" : fmt::format("; did you mean `{}`?", best);
}

}  // namespace halfopen
