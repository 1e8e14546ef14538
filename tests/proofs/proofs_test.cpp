// Nothing in the catalogue without its four proofs, and no fault without its row.
#include <algorithm>
#include <catch2/catch.hpp>

#include "proofs/catalogue.h"
#include "scenario/fault_page.h"
#include "scenario/files.h"
#include "scenario/keys.h"
#include "scenario/loader.h"
#include "support/places.h"

using namespace halfopen;
using namespace halfopen::tests;

namespace {

const Evidence& evidence() {
  static const Evidence loaded = load_evidence();
  return loaded;
}

Names fault_names() {
  Names names;
  for (const faults::Fault* fault : faults::all()) names.insert(name_of(*fault));
  return names;
}

/// "link.state" for each key of each section; "ping.within" for those of steps.
Names key_names() {
  Names names;
  for (const scenario::Section* section : scenario::scenario_sections()) {
    std::string title(section->title);
    std::erase_if(title, [](char c) { return c == '[' || c == ']'; });
    for (const scenario::Key& key : section->keys)
      names.insert(title + "." + std::string(key.name));
  }
  for (const scenario::Section* step : scenario::step_sections())
    for (const scenario::Key& key : step->keys)
      names.insert(std::string(step->keys.front().name) + "." + std::string(key.name));
  return names;
}

Names scenario_names() {
  Names names;
  for (const scenario::Scenario& scenario : evidence().scenarios) names.insert(scenario.name);
  return names;
}

void check_known(const std::vector<std::string>& names, const Names& known) {
  for (const std::string& name : names) {
    CAPTURE(name);
    CHECK(known.contains(name));
  }
}

}  // namespace

TEST_CASE("every row of the catalogue is of faults, keys and scenarios that there are") {
  const Names faults = fault_names();
  const Names keys = key_names();
  const Names scenarios = scenario_names();
  CHECK(evidence().catalogue.size() > 80);
  for (const CatalogueRow& row : evidence().catalogue) {
    CAPTURE(row.line, row.row);
    CHECK_FALSE(row.section.empty());
    check_known(row.faults, faults);
    check_known(row.keys, keys);
    check_known(row.scenarios, scenarios);
  }
}

TEST_CASE("every row of the catalogue has fault or key, scenario, mutant and outsider") {
  for (const Proof& proof : proofs(evidence())) {
    CAPTURE(proof.row.line, proof.row.row);
    CHECK(proof.row.faults.size() + proof.row.keys.size() > 0);
    CHECK_FALSE(proof.scenarios.empty());
    CHECK_FALSE(proof.mutants.empty());
    CHECK(proof.outsiders.size() >= (proof.row.section == "TLS" ? 2 : 1));
  }
}

TEST_CASE("every fault is in the catalogue: add its row to tests/proofs/catalogue.toml") {
  Names rows;
  for (const CatalogueRow& row : evidence().catalogue)
    rows.insert(row.faults.begin(), row.faults.end());
  for (const std::string& fault : fault_names()) {
    CAPTURE(fault);
    CHECK(rows.contains(fault));
  }
}

TEST_CASE("every fault is named by an outsider: add a row to a file of tests/e2e/outsiders") {
  Names named;
  for (const Outsider& outsider : evidence().outsiders)
    for (const Row& row : outsider.rows) named.insert(row.fault);
  for (const std::string& fault : fault_names()) {
    CAPTURE(fault);
    CHECK(named.contains(fault));
  }
}

TEST_CASE("a scenario with a fault names a mutant") {
  for (const scenario::Scenario& scenario : evidence().scenarios) {
    if (scenario::faults_of(scenario).empty()) continue;
    CAPTURE(scenario.name);
    CHECK_FALSE(scenario.mutants.empty());
  }
}

TEST_CASE("an outsider's rows show it the fault or the key that they are about") {
  const Names keys = key_names();
  for (const Outsider& outsider : evidence().outsiders)
    for (const Row& row : outsider.rows) {
      INFO(outsider.file << ":" << row.line);
      const std::string text = scenario_of(row, "");
      const auto loaded = scenario::load_scenario(text, "row.toml");
      for (const Diagnostic& each : loaded.diagnostics) UNSCOPED_INFO(render(each, text));
      REQUIRE(loaded.value);
      const auto used = scenario::faults_of(*loaded.value);
      const bool shown = std::any_of(used.begin(), used.end(), [&](const faults::Fault* fault) {
        return name_of(*fault) == row.fault;
      });
      CHECK((row.fault.empty() ? keys.contains(row.key) : shown));
    }
}

TEST_CASE("scenarios/PROOFS.md is the catalogue with its proofs") {
  INFO("make it anew: build/dev/tests/proofs-page > scenarios/PROOFS.md");
  CHECK(proofs_page(evidence()) == scenario::read_file(in_tree("scenarios/PROOFS.md")));
}
