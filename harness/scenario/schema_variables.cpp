#include "scenario/schema_variables.h"

#include <nlohmann/json.hpp>
#include <string>

namespace halfopen::scenario {
namespace {

using Json = nlohmann::ordered_json;

const char* const variable = R"(\$\{)";

/// In place of a value that is no string, a string with a variable. Limits and keys speak of other
/// types and do not mind one.
void admit(Json& value) {
  if (const auto any = value.find("anyOf"); any != value.end()) {
    for (Json& alternative : *any) admit(alternative);
  } else if (value.contains("enum")) {
    Json strict = value;
    value = {{"anyOf", {std::move(strict), {{"type", "string"}, {"pattern", variable}}}}};
  } else if (value.contains("type") && value["type"] == "string") {
    if (value.contains("pattern"))
      value["pattern"] = "(" + value["pattern"].get<std::string>() + ")|" + variable;
  } else if (value.contains("type")) {
    value["type"] = {value["type"], "string"};
    value["pattern"] = variable;
    admit_variables(value);
  }
}

}  // namespace

void admit_variables(Json& table) {
  if (const auto properties = table.find("properties"); properties != table.end())
    for (auto& [key, value] : properties->items()) admit(value);
  for (const char* inner : {"items", "additionalProperties"})
    if (const auto found = table.find(inner); found != table.end() && found->is_object())
      admit(*found);
}

}  // namespace halfopen::scenario
