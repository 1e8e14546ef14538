// The steps of an attempt as JSON Schema.
#include "scenario/schema_made.h"
#include "scenario/schema_values.h"
#include "scenario/sections.h"

namespace halfopen::scenario {
namespace {

using faults::Layer;

std::string verb_of(const Section& section) { return std::string(section.keys.front().name); }

/// A step of that section, whose verb takes `value`.
Json step_with(const Section& section, Json value) {
  Json schema = object_with(section, {verb_of(section)});
  schema["properties"][verb_of(section)] = std::move(value);
  return schema;
}

/// The faults that a verb takes: their parameters stand beside the verb, or in a table behind it.
std::vector<Json> fault_steps(Layer layer, const Section& step, const Section& inner) {
  return joined(tables_of(layer, step, step.keys.front().name),
                {step_with(step, any_of(tables_of(layer, inner)))});
}

std::vector<Json> alternatives_of(const Section& section) {
  if (&section == &sections::drop_step) return fault_steps(Layer::drop, section, sections::drop);
  if (&section == &sections::close_step)
    return joined(
        fault_steps(Layer::close, section, sections::close_fault),
        {step_with(section, value_schema(shape::Either{{shape::True{}, shape::Whole{0, 65535}}}))});
  if (&section == &sections::frame_step)
    return joined(fault_steps(Layer::frame, section, sections::frame_fault),
                  {step_with(section, object_of(sections::frame))});
  Json schema = object_with(section, {verb_of(section)});
  // The actions of a client's own take any keys beside them.
  return {&section == &sections::tell_step ? open(std::move(schema)) : std::move(schema)};
}

/// The keys of that section beside the schema's own.
void add_properties(Json& schema, const Section& section) {
  for (const Key& key : section.keys)
    if (!schema["properties"].contains(std::string(key.name)))
      schema["properties"][std::string(key.name)] = value_schema(key.shape);
}

bool sends(const Section& section) {
  return &section == &sections::send_step || &section == &sections::raw_step ||
         &section == &sections::frame_step;
}

}  // namespace

Json steps_schema() {
  std::vector<Json> alternatives;
  for (const Section* section : step_sections())
    for (Json& alternative : alternatives_of(*section)) {
      add_properties(alternative, sections::every_step);
      if (sends(*section)) add_properties(alternative, sections::sending_step);
      alternatives.push_back(std::move(alternative));
    }
  return array_of(any_of(std::move(alternatives)));
}

}  // namespace halfopen::scenario
