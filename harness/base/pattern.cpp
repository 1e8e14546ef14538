#include "base/pattern.h"

#include <re2/re2.h>

#include <algorithm>

#include "base/bytes.h"

namespace halfopen {
namespace {

re2::RE2::Options quiet() {
  re2::RE2::Options options;
  options.set_log_errors(false);
  return options;
}

// What is no UTF-8 has no characters but bytes: "\xc0" is one of them.
re2::RE2::Options for_bytes() {
  re2::RE2::Options options = quiet();
  options.set_encoding(re2::RE2::Options::EncodingLatin1);
  return options;
}

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

std::string pattern_problem(std::string_view pattern) {
  return re2::RE2(piece(pattern), quiet()).error();
}

bool found_in(std::string_view text, std::string_view pattern) {
  const re2::RE2 compiled(piece(pattern), is_utf8(as_bytes(text)) ? quiet() : for_bytes());
  return compiled.ok() && re2::RE2::PartialMatch(piece(text), compiled);
}

struct Pattern::Made {
  re2::RE2 of_characters;
  re2::RE2 of_bytes;
  std::map<std::string, int> names;

  explicit Made(std::string_view pattern)
      : of_characters(piece(pattern), quiet()),
        of_bytes(piece(pattern), for_bytes()),
        names(of_characters.NamedCapturingGroups()) {}
};

Pattern::Pattern(std::string_view pattern) : made_(std::make_shared<const Made>(pattern)) {}

std::optional<std::vector<std::string_view>> Pattern::groups_in(std::string_view text) const {
  const re2::RE2& pattern = is_utf8(as_bytes(text)) ? made_->of_characters : made_->of_bytes;
  if (!pattern.ok()) return std::nullopt;
  std::vector<re2::StringPiece> found(static_cast<std::size_t>(groups()) + 1);
  if (!pattern.Match(piece(text), 0, text.size(), re2::RE2::UNANCHORED, found.data(),
                     static_cast<int>(found.size())))
    return std::nullopt;
  std::vector<std::string_view> groups;
  groups.reserve(found.size());
  for (const re2::StringPiece& each : found) groups.emplace_back(each.data(), each.size());
  return groups;
}

int Pattern::groups() const { return std::max(0, made_->of_characters.NumberOfCapturingGroups()); }

const std::map<std::string, int>& Pattern::names() const { return made_->names; }

}  // namespace halfopen
