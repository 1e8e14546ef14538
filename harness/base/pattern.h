// Regular expressions as scenarios write them: RE2's syntax (Perl's, without back references and
// look-around), whose time and memory are bounded whatever a client sends.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen {

/// Why `pattern` is no regular expression, or "".
[[nodiscard]] std::string pattern_problem(std::string_view pattern);
/// Whether `pattern` matches somewhere in `text`: among its characters, or among its bytes where it
/// is no UTF-8 (then "\xc0" is the byte 0xc0). A pattern that is none is found nowhere.
[[nodiscard]] bool found_in(std::string_view text, std::string_view pattern);

/// A pattern that is looked for again and again. Its copies share what it was made to; many threads
/// may look for it at once.
class Pattern {
 public:
  /// `pattern` must be a regular expression.
  explicit Pattern(std::string_view pattern);

  /// What its groups match in `text`, as found_in(): first the whole, then the groups from 1 on, ""
  /// for one that takes no part. None: it is not found.
  [[nodiscard]] std::optional<std::vector<std::string_view>> groups_in(std::string_view text) const;
  /// How many groups it has.
  [[nodiscard]] int groups() const;
  /// The numbers of those that have a name.
  [[nodiscard]] const std::map<std::string, int>& names() const;

 private:
  struct Made;
  std::shared_ptr<const Made> made_;
};

}  // namespace halfopen
