#include "scenario/sources.h"

#include <fmt/format.h>

#include <algorithm>

namespace halfopen::scenario {
namespace {

int lines_in(std::string_view text) {
  return 1 + static_cast<int>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace

int Sources::add(std::string file, std::string text) {
  const int before = all_.empty() ? 0 : all_.back().before + lines_in(all_.back().text);
  all_.push_back({std::move(file), std::move(text), before});
  return before;
}

const std::string& Sources::own_text() const {
  static const std::string none;
  return all_.empty() ? none : all_.front().text;
}

std::vector<std::pair<std::string, std::string>> Sources::parts() const {
  std::vector<std::pair<std::string, std::string>> parts;
  for (std::size_t i = 1; i < all_.size(); ++i) parts.emplace_back(all_[i].file, all_[i].text);
  return parts;
}

Origin Sources::origin(int line) const {
  for (std::size_t i = all_.size(); i-- > 1;)
    if (line > all_[i].before) return {all_[i].file, line - all_[i].before};
  return {"", line};
}

int Sources::number(const Origin& origin) const {
  if (origin.file.empty() || origin.line < 1) return origin.line;
  for (const Source& source : all_)
    if (source.file == origin.file) return source.before + origin.line;
  return 0;
}

std::string Sources::in_words(int line) const {
  const Origin found = origin(line);
  return found.file.empty() ? fmt::format("line {}", found.line)
                            : fmt::format("line {} of {}", found.line, found.file);
}

std::string_view Sources::text_of(std::string_view file) const {
  if (file.empty()) return own_text();
  for (const Source& source : all_)
    if (source.file == file) return source.text;
  return "";
}

}  // namespace halfopen::scenario
