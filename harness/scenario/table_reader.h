// Reads one table of a scenario against its section: unknown keys are reported at once, values on
// demand.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/document.h"
#include "scenario/keys.h"
#include "scenario/problems.h"
#include "scenario/scenario.h"
#include "scenario/values.h"

namespace halfopen::scenario {

class TableReader {
 public:
  /// Reports every key that neither the section nor `more` knows. `more` are keys that depend on
  /// the value, such as the parameters of a fault.
  TableReader(const Node::Table& table, Place place, const Section& section, Problems& problems,
              std::vector<Key> more = {});

  [[nodiscard]] Place place() const { return place_; }
  [[nodiscard]] const Node::Table& raw() const { return table_; }
  [[nodiscard]] Problems& problems() const { return problems_; }

  /// The value of a key, or null where the table leaves it out.
  [[nodiscard]] const Node* node(std::string_view key) const;
  [[nodiscard]] bool has(std::string_view key) const { return node(key) != nullptr; }
  /// Whether the key may stand here.
  [[nodiscard]] bool knows(std::string_view key) const;
  /// Where that key stands (the key, not its value); the table's own place if it is left out.
  [[nodiscard]] Place place_of(std::string_view key) const;
  /// The key and the collector, for readers of values. The key must be known.
  [[nodiscard]] KeySite site(std::string_view key) const;

  /// The value of a key by one of the readers of values.h; none if it is left out or wrong.
  template <class Reader>
  auto read(std::string_view key, const Reader& reader) const {
    using Result = decltype(reader(std::declval<const Node&>(), std::declval<KeySite>()));
    const KeySite at = site(key);
    const Node* found = node(key);
    return found == nullptr ? Result{} : reader(*found, at);
  }

  /// Sets `target` if the key is there and right.
  template <class T, class Reader>
  void into(T& target, std::string_view key, const Reader& reader) const {
    if (auto value = read(key, reader)) target = *std::move(value);
  }

  /// The value with its place.
  template <class Reader>
  auto placed(std::string_view key, const Reader& reader) const {
    using T = typename decltype(read(key, reader))::value_type;
    std::optional<Placed<T>> result;
    if (auto value = read(key, reader)) result = Placed<T>{*std::move(value), node(key)->place};
    return result;
  }

  /// The table behind a key; reports another type. Null if left out or wrong.
  [[nodiscard]] const Node::Table* table(std::string_view key) const;
  /// The array behind a key; reports another type. Null if left out or wrong.
  [[nodiscard]] const Node::Array* array(std::string_view key) const;

  /// Reports those of `keys` that are there: "`key` WHY".
  void refuse(std::initializer_list<std::string_view> keys, std::string_view why) const;

 private:
  const Node::Table& table_;
  Place place_;
  const Section& section_;
  Problems& problems_;
  std::vector<Key> more_;
};

}  // namespace halfopen::scenario
