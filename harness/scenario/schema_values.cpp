#include "scenario/schema_values.h"

#include <string>

#include "base/error.h"

namespace halfopen::scenario {
namespace {

std::vector<Json> all_of(const shape::Shapes& shapes) {
  std::vector<Json> schemas;
  if (shapes.empty()) return schemas;
  for (const Shape& each : shapes.all()) schemas.push_back(value_schema(each));
  return schemas;
}

template <class Limits>
Json within(const char* type, const Limits& limits) {
  Json schema{{"type", type}};
  if (limits.lowest) schema["minimum"] = *limits.lowest;
  if (limits.highest) schema["maximum"] = *limits.highest;
  return schema;
}

struct InSchema {
  Json operator()(const shape::Unknown&) const {
    throw Error("make the JSON Schema", "nobody has said what a value may look like");
  }
  Json operator()(const shape::Text& text) const {
    Json schema{{"type", "string"}};
    if (!text.pattern.empty()) schema["pattern"] = text.pattern;
    return schema;
  }
  Json operator()(const shape::Words& words) const { return {{"enum", words.words}}; }
  Json operator()(const shape::Word& word) const { return {{"const", word.word}}; }
  Json operator()(const shape::Flag&) const { return {{"type", "boolean"}}; }
  Json operator()(const shape::True&) const { return {{"const", true}}; }
  Json operator()(const shape::Whole& whole) const { return within("integer", whole); }
  Json operator()(const shape::Numbers& numbers) const { return {{"enum", numbers.numbers}}; }
  Json operator()(const shape::Number& number) const { return within("number", number); }
  Json operator()(const shape::List& list) const {
    return list.of.empty() ? Json{{"type", "array"}}
                           : array_of(value_schema(list.of.all().front()));
  }
  Json operator()(const shape::AnyTable& table) const {
    Json schema{{"type", "object"}};
    if (!table.of.empty()) schema["additionalProperties"] = value_schema(table.of.all().front());
    return schema;
  }
  Json operator()(const shape::Table& table) const {
    return table.required.empty() ? object_of(*table.section)
                                  : object_with(*table.section, table.required);
  }
  Json operator()(const shape::FaultName& name) const { return any_of(names_of(name.layer)); }
  Json operator()(const shape::Fault& fault) const {
    return any_of(joined(joined(names_of(fault.layer), tables_of(fault.layer, *fault.section)),
                         all_of(fault.more)));
  }
  Json operator()(const shape::Either& either) const { return any_of(all_of(either.of)); }
  Json operator()(const shape::Made& made) const { return made.make(); }
};

}  // namespace

Json value_schema(const Shape& shape) { return std::visit(InSchema{}, shape.is); }

Json any_of(std::vector<Json> alternatives) { return {{"anyOf", std::move(alternatives)}}; }

Json array_of(Json item) { return {{"type", "array"}, {"items", std::move(item)}}; }

Json object_of(const Section& section) {
  Json properties = Json::object();
  for (const Key& key : section.keys) properties[std::string(key.name)] = value_schema(key.shape);
  return {
      {"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
}

Json object_with(const Section& section, const std::vector<std::string_view>& required) {
  Json schema = object_of(section);
  schema["required"] = required;
  return schema;
}

Json open(Json schema) {
  schema["additionalProperties"] = true;
  return schema;
}

}  // namespace halfopen::scenario
