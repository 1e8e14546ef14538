// Single values, and the sections that they may be, as JSON Schema.
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>
#include <vector>

#include "faults/fault.h"
#include "scenario/keys.h"

namespace halfopen::scenario {

using Json = nlohmann::ordered_json;

/// What a value of that shape may be. Throws Error where nobody has said its shape.
[[nodiscard]] Json value_schema(const Shape& shape);
/// One of these values.
[[nodiscard]] Json any_of(std::vector<Json> alternatives);
[[nodiscard]] Json array_of(Json item);
/// A table of that section.
[[nodiscard]] Json object_of(const Section& section);
/// The same, in which these keys must be.
[[nodiscard]] Json object_with(const Section& section,
                               const std::vector<std::string_view>& required);
/// With any other keys beside those of the section.
[[nodiscard]] Json open(Json schema);

/// Each fault of the layer by its name alone.
[[nodiscard]] std::vector<Json> names_of(faults::Layer layer);
/// A table of that section for each: `key` names it, with its parameters beside it.
[[nodiscard]] std::vector<Json> tables_of(faults::Layer layer, const Section& section,
                                          std::string_view key = "fault");
[[nodiscard]] std::vector<Json> joined(std::vector<Json> alternatives,
                                       const std::vector<Json>& more);

}  // namespace halfopen::scenario
