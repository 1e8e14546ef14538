// A TOML document as a plain tree in which every value and every key knows its place. The only
// home of toml++ is document.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/diagnostic.h"

namespace halfopen::scenario {

struct Entry;

/// One TOML value.
struct Node {
  using Array = std::vector<Node>;
  using Table = std::vector<Entry>;  ///< In the order of the file.
  /// Dates and times, for which scenarios have no use; as written.
  struct Other {
    std::string text;
  };
  using Value = std::variant<std::string, std::int64_t, double, bool, Other, Array, Table>;

  Value value;
  Place place;

  /// Null if the value is of another type.
  template <class T>
  [[nodiscard]] const T* get() const {
    return std::get_if<T>(&value);
  }
};

struct Entry {
  std::string key;
  Place place;  ///< Of the key.
  Node value;
};

/// The value of that key of a table, or null.
[[nodiscard]] const Entry* find(const Node::Table& table, std::string_view key);

/// "the string "abc"", "the integer 5", "an array": for messages.
[[nodiscard]] std::string name_of(const Node& node);

/// What the TOML parser says is wrong, at its place.
struct SyntaxError {
  Place place;
  std::string message;
};

/// The root table of `text`, or the first mistake in its syntax.
[[nodiscard]] std::variant<Node, SyntaxError> parse_document(std::string_view text);

}  // namespace halfopen::scenario
