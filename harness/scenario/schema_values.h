// Single values as JSON Schema: what the forms of keys.h and the parameters of faults allow.
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>
#include <vector>

#include "faults/fault.h"
#include "scenario/keys.h"

namespace halfopen::scenario {

using Json = nlohmann::ordered_json;

/// What a key of that form takes. Throws Error for a form that nobody has written down here.
[[nodiscard]] Json value_schema(const Key& key);
/// What a parameter of a fault takes, with its default.
[[nodiscard]] Json parameter_schema(const faults::Parameter& parameter);
/// One of these values.
[[nodiscard]] Json any_of(std::vector<Json> alternatives);

}  // namespace halfopen::scenario
