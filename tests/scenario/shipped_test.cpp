// The scenarios that halfopen ships.
#include <catch2/catch.hpp>
#include <filesystem>
#include <set>
#include <string>

#include "scenario/fault_page.h"
#include "scenario/files.h"
#include "scenario/known_results.h"
#include "scenario/loader.h"
#include "support/places.h"

using namespace halfopen;
using namespace halfopen::scenario;

namespace {

std::vector<std::string> shipped() { return find_scenarios(tests::in_tree("scenarios")); }

std::vector<std::string> mutants_of(const std::string& path) {
  const auto loaded = load_scenario(read_file(path), path);
  REQUIRE(loaded.value);
  return loaded.value->mutants;
}

}  // namespace

TEST_CASE("every shipped scenario is without mistakes, and says what it is about") {
  REQUIRE(shipped().size() >= 25);
  for (const std::string& file : shipped()) {
    const std::string text = read_file(file);
    const auto loaded = load_scenario(text, file);
    for (const Diagnostic& diagnostic : loaded.diagnostics) UNSCOPED_INFO(render(diagnostic, text));
    REQUIRE(loaded.value);
    CAPTURE(loaded.value->name);
    CHECK(loaded.value->about.ends_with("."));
    CHECK(loaded.value->about.size() <= 110);
    CHECK_FALSE(loaded.value->tags.empty());
    CHECK_FALSE(loaded.value->mutants.empty());
  }
}

TEST_CASE("every mutant that a shipped scenario names is a variant of the reference client") {
  const std::string file = tests::in_tree("clients/reference/client.toml");
  const auto client = load_client(read_file(file), file);
  REQUIRE(client.value);
  for (const std::string& path : shipped())
    for (const std::string& mutant : mutants_of(path)) {
      CAPTURE(path, mutant);
      CHECK(client.value->variants.count(mutant) == 1);
    }
}

TEST_CASE("every mutant of the reference client has a shipped scenario that it must fail") {
  const std::string file = tests::in_tree("clients/reference/client.toml");
  const auto client = load_client(read_file(file), file);
  REQUIRE(client.value);
  std::map<std::string, int> named;
  for (const std::string& path : shipped())
    for (const std::string& mutant : mutants_of(path)) ++named[mutant];
  for (const auto& [name, variant] : client.value->variants) {
    CAPTURE(name);
    CHECK(named[name] > 0);
  }
}

TEST_CASE("every fault is used by a shipped scenario, and FAULTS.md says which") {
  std::vector<Scenario> scenarios;
  for (const std::string& path : shipped())
    scenarios.push_back(*load_scenario(read_file(path), path).value);
  std::set<const faults::Fault*> used;
  for (const Scenario& scenario : scenarios)
    for (const faults::Fault* fault : faults_of(scenario)) used.insert(fault);
  for (const faults::Fault* fault : faults::all()) {
    CAPTURE(faults::key_of(fault->layer), fault->name);
    CHECK(used.count(fault) == 1);
  }
  INFO("make it anew: halfopen faults --page > scenarios/FAULTS.md");
  CHECK(fault_page(scenarios) == read_file(tests::in_tree("scenarios/FAULTS.md")));
}

TEST_CASE("every shipped client is without mistakes") {
  const auto files = find_clients(tests::in_tree("clients"));
  REQUIRE(files.size() >= 5);
  for (const std::string& file : files) {
    const std::string text = read_file(file);
    const auto loaded = load_client(text, file);
    for (const Diagnostic& diagnostic : loaded.diagnostics) UNSCOPED_INFO(render(diagnostic, text));
    CHECK(loaded.value);
  }
}

TEST_CASE("what shipped clients are known to do is said of shipped scenarios only") {
  std::vector<std::string> names;
  for (const std::string& path : shipped()) names.push_back(scenario_name(path));
  int known = 0;
  for (const std::string& client : find_clients(tests::in_tree("clients"))) {
    const auto file = std::filesystem::path(client).parent_path() / "expected.toml";
    if (!std::filesystem::exists(file)) continue;
    const std::string text = read_file(file.string());
    const auto loaded = load_known_results(text, file.string(), names);
    for (const Diagnostic& mistake : loaded.diagnostics) UNSCOPED_INFO(render(mistake, text));
    CHECK(loaded.value);
    ++known;
  }
  CHECK(known >= 2);
}
