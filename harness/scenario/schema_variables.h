// `${name}` in place of a value, in the JSON Schema.
#pragma once

#include <nlohmann/json_fwd.hpp>

namespace halfopen::scenario {

/// Lets a string with a variable in it stand for any value below the schema of a table, and for an
/// element of any array. Constants stay as they are: they tell alternatives apart.
void admit_variables(nlohmann::ordered_json& table);

}  // namespace halfopen::scenario
