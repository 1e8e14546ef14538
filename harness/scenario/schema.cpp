#include "scenario/schema.h"

#include <fmt/format.h>

#include <map>
#include <vector>

#include "scenario/schema_values.h"

namespace halfopen::scenario {
namespace {

using faults::Layer;

Json array_of(Json item) { return {{"type", "array"}, {"items", std::move(item)}}; }

Json properties_of(const Section& section);

Json object(Json properties) {
  return {
      {"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
}

Json object_of(const Section& section) { return object(properties_of(section)); }

/// An object of that section in which these keys must be.
Json object_with(const Section& section, const std::vector<std::string_view>& required) {
  Json schema = object_of(section);
  schema["required"] = required;
  return schema;
}

// ── faults ───────────────────────────────────────────────────────────────────────────────────

Json named(const faults::Fault& fault) {
  return {{"const", std::string(fault.name)}, {"description", std::string(fault.about)}};
}

/// Each fault of the layer by its name alone.
std::vector<Json> names_of(Layer layer) {
  std::vector<Json> alternatives;
  for (const faults::Fault* fault : faults::all())
    if (fault->layer == layer) alternatives.push_back(named(*fault));
  return alternatives;
}

/// A table of that section that names the fault in `key`, with its parameters beside it.
Json use_of(const faults::Fault& fault, const Section& section, std::string_view key) {
  Json schema = object_with(section, {key});
  schema["properties"][std::string(key)] = named(fault);
  for (const faults::Parameter& parameter : fault.parameters)
    schema["properties"][std::string(parameter.name)] = parameter_schema(parameter);
  return schema;
}

std::vector<Json> tables_of(Layer layer, const Section& section, std::string_view key = "fault") {
  std::vector<Json> alternatives;
  for (const faults::Fault* fault : faults::all())
    if (fault->layer == layer) alternatives.push_back(use_of(*fault, section, key));
  return alternatives;
}

std::vector<Json> joined(std::vector<Json> alternatives, const std::vector<Json>& more) {
  alternatives.insert(alternatives.end(), more.begin(), more.end());
  return alternatives;
}

/// The name of a fault or a table that names it.
Json fault_of(Layer layer, const Section& section, const std::vector<Json>& more = {}) {
  return any_of(joined(joined(names_of(layer), tables_of(layer, section)), more));
}

Json handshake_schema() {
  return fault_of(Layer::handshake, sections::handshake,
                  {{{"const", "never"}}, value_schema({"status", "an HTTP status", ""}), [] {
                     Json own = object_of(sections::handshake);
                     own["properties"].erase("fault");
                     return own;
                   }()});
}

// ── steps ────────────────────────────────────────────────────────────────────────────────────

/// The faults that a verb takes: their parameters stand beside the verb, or in a table behind it.
std::vector<Json> fault_steps(Layer layer, const Section& step, const Section& inner) {
  Json by_table = object_with(step, {step.keys.front().name});
  by_table["properties"][std::string(step.keys.front().name)] = any_of(tables_of(layer, inner));
  return joined(tables_of(layer, step, step.keys.front().name), {by_table});
}

Json plain_step(const Section& section, Json verb) {
  Json schema = object_with(section, {section.keys.front().name});
  schema["properties"][std::string(section.keys.front().name)] = std::move(verb);
  return schema;
}

/// The actions of a client's own take any keys beside them.
Json telling(Json schema) {
  schema["additionalProperties"] = true;
  return schema;
}

std::vector<Json> step_alternatives(const Section& section) {
  if (&section == &sections::drop_step) return fault_steps(Layer::drop, section, sections::drop);
  if (&section == &sections::close_step)
    return joined(fault_steps(Layer::close, section, sections::close_fault),
                  {plain_step(section, value_schema({"close", "true or a Close code", ""}))});
  if (&section == &sections::frame_step)
    return joined(fault_steps(Layer::frame, section, sections::frame_fault),
                  {plain_step(section, object_of(sections::frame))});
  Json schema = object_with(section, {section.keys.front().name});
  return {&section == &sections::tell_step ? telling(std::move(schema)) : std::move(schema)};
}

/// The keys of that section beside the schema's own.
void add_properties(Json& schema, const Section& section) {
  for (const Key& key : section.keys)
    if (!schema["properties"].contains(std::string(key.name)))
      schema["properties"][std::string(key.name)] = value_schema(key);
}

bool sends(const Section& section) {
  return &section == &sections::send_step || &section == &sections::raw_step ||
         &section == &sections::frame_step;
}

Json steps_schema() {
  std::vector<Json> alternatives;
  for (const Section* section : step_sections())
    for (Json& alternative : step_alternatives(*section)) {
      add_properties(alternative, sections::every_step);
      if (sends(*section)) add_properties(alternative, sections::sending_step);
      alternatives.push_back(std::move(alternative));
    }
  return array_of(any_of(std::move(alternatives)));
}

// ── what a key holds that is more than one value ─────────────────────────────────────────────

Json string_or(const Section& section) {
  return any_of({{{"type", "string"}}, object_of(section)});
}

/// A table of that section, or several.
Json one_or_more_of(const Section& section) {
  return any_of({object_of(section), array_of(object_of(section))});
}

/// `key` takes a value of that form, or a table of that section.
Json form_or(std::string_view form, const Section& section) {
  return any_of({value_schema({"", form, ""}), object_of(section)});
}

Json change_schema() {
  return any_of({value_schema({"", "a state of the link", ""}),
                 {{"enum", {"rebind", "readdress"}}},
                 object_of(sections::link)});
}

/// `client = { … }`: beside its own keys, every event is one.
Json client_expectations_schema() {
  Json schema = object_of(sections::client_expectations);
  schema["additionalProperties"] = any_of({{{"type", "boolean"}},
                                           object_of(sections::client_event),
                                           array_of(object_of(sections::client_event))});
  return schema;
}

Json variants_schema() {
  return {{"type", "object"}, {"additionalProperties", object_of(sections::client_variant)}};
}

/// What stands behind a key of a section, where its form alone does not say it.
using Nested = std::map<std::pair<const Section*, std::string_view>, Json (*)()>;

const Nested& nested() {
  using namespace sections;
  static const Nested all{
      {{&scenario, "server"}, [] { return object_of(server); }},
      {{&scenario, "page"}, [] { return object_of(page); }},
      {{&scenario, "link"}, [] { return object_of(link); }},
      {{&scenario, "kernel"}, [] { return object_of(kernel); }},
      {{&scenario, "attempt"}, [] { return array_of(object_of(attempt)); }},
      {{&scenario, "at"}, [] { return array_of(telling(object_with(at, {"time"}))); }},
      {{&scenario, "when"}, [] { return array_of(telling(object_with(when, {"event"}))); }},
      {{&scenario, "expect"}, [] { return object_of(expect); }},
      {{&server, "connections"}, [] { return form_or("a whole number", connections); }},
      {{&link, "up"}, [] { return object_of(link_direction); }},
      {{&link, "down"}, [] { return object_of(link_direction); }},
      {{&link, "loss"}, [] { return form_or("a share", loss); }},
      {{&link_direction, "loss"}, [] { return form_or("a share", loss); }},
      {{&link, "idle"}, [] { return form_or("a duration", idle); }},
      {{&link, "mtu"}, [] { return form_or("a whole number", mtu); }},
      {{&attempt, "dns"}, [] { return fault_of(Layer::dns, dns); }},
      {{&attempt, "port"},
       [] {
         return fault_of(Layer::port, port, {{{"const", "open"}}});
       }},
      {{&server, "proxy"},
       [] {
         return any_of({{{"const", "http"}}, object_of(server_proxy)});
       }},
      {{&attempt, "proxy"}, [] { return fault_of(Layer::proxy, proxy); }},
      {{&attempt, "tls"}, [] { return fault_of(Layer::tls, tls); }},
      {{&attempt, "handshake"}, handshake_schema},
      {{&attempt, "steps"}, steps_schema},
      {{&handshake, "fault"}, [] { return any_of(names_of(Layer::handshake)); }},
      {{&handshake, "auth"}, [] { return string_or(auth); }},
      {{&port, "fault"}, [] { return any_of(names_of(Layer::port)); }},
      {{&proxy, "fault"}, [] { return any_of(names_of(Layer::proxy)); }},
      {{&tls, "fault"}, [] { return any_of(names_of(Layer::tls)); }},
      {{&dns, "fault"}, [] { return any_of(names_of(Layer::dns)); }},
      {{&expect_step, "expect"}, [] { return string_or(match); }},
      {{&close_step, "close"}, [] { return any_of(names_of(Layer::close)); }},
      {{&close_fault, "fault"}, [] { return any_of(names_of(Layer::close)); }},
      {{&drop_step, "drop"}, [] { return any_of(names_of(Layer::drop)); }},
      {{&sections::drop, "fault"}, [] { return any_of(names_of(Layer::drop)); }},
      {{&raw_step, "raw"}, [] { return string_or(raw); }},
      {{&frame_step, "frame"}, [] { return any_of(names_of(Layer::frame)); }},
      {{&frame_fault, "fault"}, [] { return any_of(names_of(Layer::frame)); }},
      {{&link_step, "link"}, change_schema},
      {{&at, "link"}, change_schema},
      {{&when, "link"}, change_schema},
      {{&expect, "request"}, [] { return one_or_more_of(expect_request); }},
      {{&expect, "messages"}, [] { return one_or_more_of(messages); }},
      {{&expect, "curve"}, [] { return object_with(curve, {"base"}); }},
      {{&curve, "jitter"},
       [] {
         return any_of({{{"enum", {"none", "full", "equal", "decorrelated"}}},
                        value_schema({"", "a share", ""})});
       }},
      {{&send_step, "send"}, [] { return string_or(send); }},
      {{&expect, "closes_with"},
       [] { return form_or("a Close code or an array of them", closes_with); }},
      {{&expect, "client"}, client_expectations_schema},
      {{&client, "policy"}, [] { return object_of(client_policy); }},
      {{&client, "variants"}, variants_schema},
  };
  return all;
}

Json properties_of(const Section& section) {
  Json properties = Json::object();
  for (const Key& key : section.keys) {
    const auto inner = nested().find({&section, key.name});
    properties[std::string(key.name)] =
        inner == nested().end() ? value_schema(key) : inner->second();
  }
  return properties;
}

std::string whole(const Section& section, std::string_view title,
                  const std::vector<std::string_view>& required) {
  Json schema{{"$schema", "http://json-schema.org/draft-07/schema#"}, {"title", title}};
  schema.update(object_with(section, required));
  return schema.dump(1) + "\n";
}

}  // namespace

std::string scenario_schema() {
  return whole(sections::scenario, "A scenario of halfopen", {"about"});
}

std::string client_schema() {
  return whole(sections::client, "A client of halfopen", {"name", "about", "command"});
}

}  // namespace halfopen::scenario
