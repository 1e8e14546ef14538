// `[variables]`: names for values, and `${name}` in their place.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/document.h"
#include "scenario/problems.h"

namespace halfopen::scenario {

/// What a name stands for; the value may have names in it.
using Values = std::map<std::string, Node, std::less<>>;

/// Whether that may be the name of a variable: letters, digits, `_` and `-`, not a digit at first.
[[nodiscard]] bool is_variable_name(std::string_view name);
/// How a value stands within a longer string; none for an array, a table or a date.
[[nodiscard]] std::optional<std::string> text_of(const Node& value);

/// How much more may be made of values, so that a few names that stand for each other do not fill
/// the memory.
struct Room {
  std::size_t left = 0;  ///< In values; a long string counts for more than one.
};
/// What a value takes of it.
[[nodiscard]] std::size_t weight_of(const Node& node);

/// Puts values in the place of names, in one document.
class Substitution {
 public:
  Substitution(const Values& values, Room& room, Problems& problems)
      : values_(values), room_(room), problems_(problems) {}

  /// The same with all names replaced: a string that is just `${name}` by the value itself, an
  /// element of an array that stands for an array by its elements, `${name}` in a longer string by
  /// the value's text, and `$${` by `${`. Reports names that stand for nothing.
  [[nodiscard]] Node applied(const Node& node);
  /// The names that were met, those in the values of others among them.
  [[nodiscard]] const std::set<std::string>& used() const { return used_; }

 private:
  struct Resolved {
    Node node;
    std::size_t weight = 0;
  };
  [[nodiscard]] const Resolved* resolve(const std::string& name, Place place);
  [[nodiscard]] Node replaced(const std::string& name, const Node& at);
  [[nodiscard]] std::string with_values(const std::string& text, Place place);
  [[nodiscard]] std::optional<std::string> inserted(const std::string& name, Place place);
  [[nodiscard]] Node::Array applied(const Node::Array& array);
  bool takes(std::size_t weight, Place place);

  const Values& values_;
  Room& room_;
  Problems& problems_;
  std::set<std::string> used_;
  std::map<std::string, std::optional<Resolved>, std::less<>> resolved_;
  std::vector<std::string> open_;  ///< The names whose values are being looked into.
  bool full_ = false;
};

}  // namespace halfopen::scenario
