#include "scenario/schema.h"

#include "scenario/schema_made.h"
#include "scenario/schema_values.h"
#include "scenario/schema_variables.h"
#include "scenario/sections.h"

namespace halfopen::scenario {
namespace {

std::string whole(std::string_view title, const Json& table) {
  Json schema{{"$schema", "http://json-schema.org/draft-07/schema#"}, {"title", title}};
  schema.update(table);
  return schema.dump(1) + "\n";
}

/// What comes before all variables has none in it.
Json with_variables(Json table) {
  Json own;
  for (const char* key : {"include", "variables", "matrix"}) own[key] = table["properties"][key];
  admit_variables(table);
  table["properties"].update(own);
  return table;
}

}  // namespace

std::string scenario_schema() {
  Json schema = with_variables(object_of(sections::scenario));
  // What is included may bring it.
  schema["anyOf"] = {{{"required", {"about"}}}, {{"required", {"include"}}}};
  return whole("A scenario of halfopen", schema);
}

std::string part_schema() {
  return whole("A part of scenarios of halfopen", with_variables(object_of(sections::scenario)));
}

std::string client_schema() {
  return whole("A client of halfopen", object_with(sections::client, {"name", "about", "command"}));
}

Json tokens_schema() {
  Json schema = array_of(value_schema(shape::Text{"^[!#$%&'*+\\-.^_`|~0-9A-Za-z]+$"}));
  schema.update({{"minItems", 1}, {"uniqueItems", true}});
  return schema;
}

Json field_schema() {
  const Json text = value_schema(shape::Text{});
  const Json regex{{"type", "object"},
                   {"properties", {{"regex", text}}},
                   {"required", {"regex"}},
                   {"additionalProperties", false}};
  return any_of({text, array_of(text), value_schema(shape::Flag{}), regex});
}

Json handshake_schema() {
  Json own = object_of(sections::handshake);
  own["properties"].erase("fault");
  const shape::Shapes more{shape::Word{"never"}, shape::Whole{100, 599}};
  Json schema = value_schema(shape::Fault{faults::Layer::handshake, &sections::handshake, more});
  schema["anyOf"].push_back(std::move(own));
  return schema;
}

Json at_schema() { return array_of(open(object_with(sections::at, {"time"}))); }
Json when_schema() { return array_of(open(object_with(sections::when, {"event"}))); }

Json client_expectations_schema() {
  const Shape event = shape::Table{&sections::client_event};
  Json schema = object_of(sections::client_expectations);
  schema["additionalProperties"] =
      value_schema(shape::Either{{shape::Flag{}, event, shape::list_of(event)}});
  return schema;
}

}  // namespace halfopen::scenario
