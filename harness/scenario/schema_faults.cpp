// Faults and their parameters as JSON Schema.
#include "scenario/schema_values.h"

namespace halfopen::scenario {
namespace {

/// What a parameter takes.
Shape shape_of(const faults::Parameter& parameter) {
  switch (parameter.type) {
    case faults::Type::text:
      if (parameter.choices.empty()) return shape::Text{};
      return shape::Words{{parameter.choices.begin(), parameter.choices.end()}};
    case faults::Type::count:
      return shape::Whole{parameter.lowest, parameter.highest};
    case faults::Type::duration:
      return shape::duration();
    case faults::Type::size:
      return shape::size();
  }
  return {};
}

Json described(Json schema, std::string_view about) {
  schema["description"] = std::string(about);
  return schema;
}

Json named(const faults::Fault& fault) {
  return described(value_schema(shape::Word{std::string(fault.name)}), fault.about);
}

Json use_of(const faults::Fault& fault, const Section& section, std::string_view key) {
  Json schema = object_with(section, {key});
  schema["properties"][std::string(key)] = named(fault);
  for (const faults::Parameter& parameter : fault.parameters)
    schema["properties"][std::string(parameter.name)] =
        described(value_schema(shape_of(parameter)), parameter.about);
  return schema;
}

}  // namespace

std::vector<Json> names_of(faults::Layer layer) {
  std::vector<Json> alternatives;
  for (const faults::Fault* fault : faults::all())
    if (fault->layer == layer) alternatives.push_back(named(*fault));
  return alternatives;
}

std::vector<Json> tables_of(faults::Layer layer, const Section& section, std::string_view key) {
  std::vector<Json> alternatives;
  for (const faults::Fault* fault : faults::all())
    if (fault->layer == layer) alternatives.push_back(use_of(*fault, section, key));
  return alternatives;
}

std::vector<Json> joined(std::vector<Json> alternatives, const std::vector<Json>& more) {
  alternatives.insert(alternatives.end(), more.begin(), more.end());
  return alternatives;
}

}  // namespace halfopen::scenario
