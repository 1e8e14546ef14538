// Messages about a place in a text: "file:line:column: message", the source line and a caret.
#pragma once

#include <compare>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen {

/// A place in a text file. Lines and columns count from 1; line 0 means "no particular place".
struct Place {
  int line = 0;
  int column = 0;

  auto operator<=>(const Place&) const = default;  // NOLINT(modernize-use-nullptr): clang 14
};

/// One mistake in a file.
struct Diagnostic {
  std::string file;
  Place place;
  std::string message;  ///< What is wrong and how to mend it; no full stop at the end.

  bool operator==(const Diagnostic&) const = default;
};

/// "file:line:column: message", then the source line and a caret below the column where the place
/// is known and `source` (the text of the whole file) has that line.
[[nodiscard]] std::string render(const Diagnostic& diagnostic, std::string_view source);

/// The candidate that `word` is most likely a misspelling of, or "" if none is near enough.
[[nodiscard]] std::string nearest(std::string_view word, std::span<const std::string> candidates);

/// "; did you mean `x`?" for the nearest candidate, or "".
[[nodiscard]] std::string did_you_mean(std::string_view word,
                                       std::span<const std::string> candidates);

}  // namespace halfopen
