// The keys of a table in a scenario or a client.toml, as messages, the reference and the JSON
// Schema know them. sections.h has the sections themselves, each of which stands beside what reads
// it.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenario/shape.h"

namespace halfopen::scenario {

template <class T>
struct Form;

struct Key {
  std::string_view name;
  std::string form;          ///< What its value must be: "a duration".
  std::string_view example;  ///< A value in TOML's notation: "\"250ms\"".
  Shape shape{};             ///< The same for the schema.
};

/// A key that takes that form.
template <class T>
Key key(std::string_view name, const Form<T>& form, std::string_view example) {
  return {name, form.words, example, form.shape};
}

struct Section {
  std::string_view title;  ///< As in messages and in the headings of the reference: "[server]".
  std::vector<Key> keys;
};

/// The sections of a scenario file, in the order of the reference.
[[nodiscard]] std::span<const Section* const> scenario_sections();
/// The sections of a step, one per verb; the first key of each is its verb.
[[nodiscard]] std::span<const Section* const> step_sections();
/// The sections of a client.toml.
[[nodiscard]] std::span<const Section* const> client_sections();

}  // namespace halfopen::scenario
