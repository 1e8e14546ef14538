// A section whose keys are bound to the members of a T: each is described, read and kept by one
// line.
#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "scenario/form.h"
#include "scenario/keys.h"
#include "scenario/placed.h"
#include "scenario/table_reader.h"

namespace halfopen::scenario {

template <class M, class V>
void put(M& to, V value, Place) {
  if constexpr (std::is_arithmetic_v<M>)
    to = static_cast<M>(value);
  else
    to = std::move(value);
}
template <class M, class V>
void put(Placed<M>& to, V value, Place place) {
  to = {std::move(value), place};
}
template <class M, class V>
void put(std::optional<Placed<M>>& to, V value, Place place) {
  to = Placed<M>{std::move(value), place};
}

/// Whether a file has said anything of that member.
template <class M>
bool is_said(const std::optional<M>& member) {
  return member.has_value();
}
template <class M>
bool is_said(const std::vector<M>& member) {
  return !member.empty();
}
template <class M>
bool is_said(const M&) {
  return false;  // There is always one.
}

/// Where a value is all that there is of a T.
template <class T>
T& itself(T& value) {
  return value;
}

/// A key and, where it is bound, what becomes of its value.
template <class T>
struct Bound {
  Key key;
  std::function<void(const TableReader&, T&)> read{};
  std::function<bool(const T&)> said_in{};  ///< Of members that are pointed to.

  /// `member`: a pointer to it, or a function that finds it in a T.
  template <class V, class Member>
  Bound(std::string_view name, const Form<V>& form, std::string_view example, Member member)
      : key(scenario::key(name, form, example)),
        read([name, form, member](const TableReader& table, T& to) {
          if (auto value = table.read(name, form))
            put(std::invoke(member, to), *std::move(value), table.node(name)->place);
        }) {
    if constexpr (std::is_member_object_pointer_v<Member>)
      said_in = [member](const T& of) { return is_said(of.*member); };
  }
  /// A key that other keys decide about: the section's own reader asks for it.
  template <class V>
  Bound(std::string_view name, const Form<V>& form, std::string_view example)
      : key(scenario::key(name, form, example)) {}
  Bound(Key alone)
      : key(std::move(alone)) {}  // NOLINT(google-explicit-constructor): as those above
};

template <class T>
struct SectionOf : Section {
  std::vector<Bound<T>> bound;

  SectionOf(std::string_view name, std::vector<Bound<T>> all)
      : Section{name, {}}, bound(std::move(all)) {
    for (const Bound<T>& each : bound) keys.push_back(each.key);
  }

  /// Sets what the table has and is right; but not those of `except`.
  void read(const TableReader& table, T& to,
            const std::vector<std::string_view>& except = {}) const {
    for (const Bound<T>& each : bound)
      if (each.read && std::find(except.begin(), except.end(), each.key.name) == except.end())
        each.read(table, to);
  }

  /// Whether any of its keys has left something in `of`; but not those of `except`.
  [[nodiscard]] bool any_said(const T& of, const std::vector<std::string_view>& except = {}) const {
    return std::any_of(bound.begin(), bound.end(), [&](const Bound<T>& each) {
      return each.said_in && each.said_in(of) &&
             std::find(except.begin(), except.end(), each.key.name) == except.end();
    });
  }
};

namespace form {

/// A table of that section.
template <class T>
Form<T> table(const SectionOf<T>& section) {
  return {"a table", shape::Table{&section},
          [&section](const Node& node, const KeySite& at) -> std::optional<T> {
            const auto* keys = node.get<Node::Table>();
            if (keys == nullptr) return at.wrong_type(node);
            T value{};
            section.read(TableReader(*keys, node.place, section, at.problems), value);
            return value;
          }};
}

/// A table of that section, or an array of them, each read by `read_one`.
template <class T>
Form<std::vector<T>> tables(const SectionOf<T>& section,
                            std::optional<T> (*read_one)(const TableReader&)) {
  return {"a table or an array of tables", shape::one_or_more(shape::Table{&section}),
          [&section, read_one](const Node& node, const KeySite& at) {
            std::vector<T> all;
            const auto read = [&](const Node& item) {
              const auto* keys = item.get<Node::Table>();
              if (keys == nullptr) return void(at.wrong_type(item));
              const TableReader table(*keys, item.place, section, at.problems);
              if (auto one = read_one(table)) all.push_back(*std::move(one));
            };
            if (const auto* array = node.get<Node::Array>())
              for (const Node& item : *array) read(item);
            else
              read(node);
            return std::optional(std::move(all));
          }};
}

}  // namespace form
}  // namespace halfopen::scenario
