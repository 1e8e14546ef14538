// The JSON Schema for editors knows what the loader knows. What it takes and refuses as a schema is
// asked of an outsider, in tests/e2e/schema_test.cpp.
#include "scenario/schema.h"

#include <catch2/catch.hpp>
#include <string>

#include "faults/fault.h"
#include "scenario/sections.h"

using namespace halfopen;
using namespace halfopen::scenario;

namespace {

bool mentions(const std::string& schema, std::string_view word) {
  return schema.find("\"" + std::string(word) + "\"") != std::string::npos;
}

}  // namespace

TEST_CASE("every key of a scenario and of a client.toml is in its schema") {
  for (const auto& [schema, all] :
       {std::pair{scenario_schema(), scenario_sections()}, {client_schema(), client_sections()}})
    for (const Section* section : all)
      for (const Key& key : section->keys) {
        if (section == &sections::known_result) continue;  // A file of its own: expected.toml.
        CAPTURE(section->title, key.name);
        CHECK(mentions(schema, key.name));
      }
}

TEST_CASE("every fault and each of its parameters is in the schema of scenarios") {
  const std::string schema = scenario_schema();
  for (const faults::Fault* fault : faults::all()) {
    CAPTURE(fault->name);
    CHECK(mentions(schema, fault->name));
    for (const faults::Parameter& parameter : fault->parameters)
      CHECK(mentions(schema, parameter.name));
  }
}
