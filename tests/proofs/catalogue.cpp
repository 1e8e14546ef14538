#include "proofs/catalogue.h"

#include <fmt/format.h>

#include "base/error.h"
#include "scenario/fault_page.h"
#include "scenario/files.h"
#include "scenario/loader.h"
#include "support/data_file.h"
#include "support/places.h"

namespace halfopen::tests {
namespace {

const scenario::Section head{"the catalogue", {{"row", "[[row]] tables", "[{ row = \"…\" }]"}}};
const scenario::Section row_keys{"a row",
                                 {{"section", "a string", "\"Frames\""},
                                  {"row", "a string", "\"A masked frame\""},
                                  {"faults", "an array of faults", "[\"frame/masked\"]"},
                                  {"keys", "an array of keys", "[\"handshake.status\"]"},
                                  {"scenarios", "an array of scenarios", "[\"frames/masked\"]"}}};

CatalogueRow read_row(const scenario::TableReader& table) {
  CatalogueRow row;
  row.line = table.place().line;
  table.into(row.section, "section", scenario::as_text);
  table.into(row.row, "row", scenario::as_text);
  table.into(row.faults, "faults", scenario::as_texts);
  table.into(row.keys, "keys", scenario::as_texts);
  table.into(row.scenarios, "scenarios", scenario::as_texts);
  if (!row.keys.empty() && row.scenarios.empty())
    table.problems().add(table.place(), "`keys` do not tell the `scenarios`: name them");
  return row;
}

std::vector<scenario::Scenario> load_shipped() {
  std::vector<scenario::Scenario> scenarios;
  for (const std::string& file : scenario::find_scenarios(in_tree("scenarios"))) {
    auto loaded = scenario::load_scenario(scenario::read_file(file), file);
    if (!loaded.value) throw Error("read " + file, "`halfopen check` says what is wrong");
    scenarios.push_back(*std::move(loaded.value));
  }
  return scenarios;
}

/// Whether the row's list names the scenario or, if it has none, one of its faults is used.
bool is_proved_by(const CatalogueRow& row, const scenario::Scenario& scenario) {
  for (const std::string& name : row.scenarios)
    if (name == scenario.name) return true;
  if (!row.scenarios.empty()) return false;
  for (const faults::Fault* fault : scenario::faults_of(scenario))
    for (const std::string& name : row.faults)
      if (name == name_of(*fault)) return true;
  return false;
}

bool is_named_by(const CatalogueRow& row, const Outsider& outsider) {
  for (const Row& seen : outsider.rows)
    for (const auto* subjects : {&row.faults, &row.keys})
      for (const std::string& subject : *subjects)
        if (subject == seen.subject()) return true;
  return false;
}

}  // namespace

std::string name_of(const faults::Fault& fault) {
  return fmt::format("{}/{}", faults::key_of(fault.layer), fault.name);
}

Evidence load_evidence() {
  Evidence evidence;
  read_data_file(in_tree("tests/proofs/catalogue.toml"), head,
                 [&](const scenario::TableReader& table) {
                   for (const scenario::TableReader& row : tables_of(table, "row", row_keys))
                     evidence.catalogue.push_back(read_row(row));
                 });
  evidence.scenarios = load_shipped();
  evidence.outsiders = load_outsiders();
  return evidence;
}

std::vector<Proof> proofs(const Evidence& evidence) {
  std::vector<Proof> all;
  for (const CatalogueRow& row : evidence.catalogue) {
    Proof proof{.row = row, .scenarios = {}, .mutants = {}, .outsiders = {}};
    for (const scenario::Scenario& scenario : evidence.scenarios) {
      if (!is_proved_by(row, scenario)) continue;
      proof.scenarios.insert(scenario.name);
      proof.mutants.insert(scenario.mutants.begin(), scenario.mutants.end());
    }
    for (const Outsider& outsider : evidence.outsiders)
      if (is_named_by(row, outsider)) proof.outsiders.insert(outsider.name);
    all.push_back(std::move(proof));
  }
  return all;
}

}  // namespace halfopen::tests
