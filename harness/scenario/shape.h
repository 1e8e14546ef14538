// What a value may look like, as plain data: the JSON Schema for editors is made from it.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "faults/fault.h"

namespace halfopen::scenario {

struct Section;
struct Shape;

namespace shape {

/// Some shapes. They are shared, for a shape that is made of others is not yet whole here.
class Shapes {
 public:
  Shapes() = default;
  Shapes(std::initializer_list<Shape> all);

  [[nodiscard]] bool empty() const { return all_ == nullptr; }
  [[nodiscard]] const std::vector<Shape>& all() const { return *all_; }

 private:
  std::shared_ptr<const std::vector<Shape>> all_;
};

/// Nobody has said it.
struct Unknown {};
/// A string; of that pattern, if there is one.
struct Text {
  std::string pattern{};
};
/// One of these words.
struct Words {
  std::vector<std::string> words;
};
/// That word, and nothing else.
struct Word {
  std::string word;
};
struct Flag {};
/// `true`, and nothing else.
struct True {};
/// A whole number, within limits if there are any.
struct Whole {
  std::optional<std::int64_t> lowest{};
  std::optional<std::int64_t> highest{};
};
/// One of these numbers.
struct Numbers {
  std::vector<int> numbers;
};
/// Any number, within limits if there are any.
struct Number {
  std::optional<std::int64_t> lowest{};
  std::optional<std::int64_t> highest{};
};
/// An array of anything, or of values of that one shape.
struct List {
  Shapes of{};
};
/// A table with any keys, each with a value of that one shape if there is one.
struct AnyTable {
  Shapes of{};
};
/// A table with the keys of that section, of which some must be there.
struct Table {
  const Section* section = nullptr;
  std::vector<std::string_view> required{};
};
/// The name of a fault of that layer.
struct FaultName {
  faults::Layer layer;
};
/// The name of a fault, or a table of that section that names it beside its parameters, or more.
struct Fault {
  faults::Layer layer;
  const Section* section = nullptr;
  Shapes more{};
};
struct Either {
  Shapes of;
};
/// What takes a function of its own.
struct Made {
  nlohmann::ordered_json (*make)();
};

}  // namespace shape

struct Shape {
  using Kind =
      std::variant<shape::Unknown, shape::Text, shape::Words, shape::Word, shape::Flag, shape::True,
                   shape::Whole, shape::Numbers, shape::Number, shape::List, shape::AnyTable,
                   shape::Table, shape::FaultName, shape::Fault, shape::Either, shape::Made>;
  Kind is{};

  Shape() = default;
  template <class Any>
  Shape(Any any) : is(std::move(any)) {}  // NOLINT(google-explicit-constructor): it is one of them
};

namespace shape {

[[nodiscard]] Shape list_of(Shape item);
[[nodiscard]] Shape one_or_more(const Shape& item);

[[nodiscard]] Shape duration();
[[nodiscard]] Shape duration_range();
[[nodiscard]] Shape count_range();
[[nodiscard]] Shape share();
/// A share, or a number from 0 to 1.
[[nodiscard]] Shape probability();
[[nodiscard]] Shape rate();
[[nodiscard]] Shape size();
[[nodiscard]] Shape size_range();
/// "3 messages", a size with its unit, or a duration.
[[nodiscard]] Shape moment();

}  // namespace shape
}  // namespace halfopen::scenario
