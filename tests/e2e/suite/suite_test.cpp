// The shipped scenarios: the reference client passes all of them, and each mutant fails the
// scenarios that name it. These take minutes of waiting and want the machine for themselves; what
// is tagged "nightly" takes the longest, and tests/nightly.sh runs it.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "scenario/files.h"
#include "scenario/loader.h"
#include "support/machine.h"
#include "support/program.h"
#include "support/scratch.h"

using namespace halfopen::e2e;

namespace {

constexpr std::chrono::minutes patience{18};

struct Told {
  Ended ended;
  nlohmann::json report;
};

Told run_shipped(const std::string& command, const std::vector<std::string>& more) {
  const Scratch scratch;
  Start start;
  start.arguments = {command, "--client", "clients/reference", "--json",
                     scratch.path("report.json")};
  start.arguments.insert(start.arguments.end(), more.begin(), more.end());
  Ended ended = run_program(start, patience);
  return {std::move(ended), scratch.json("report.json")};
}

/// The runs that came to another end than they should; how they ended in the message.
std::vector<nlohmann::json> others_than(const nlohmann::json& report, const std::string& outcome) {
  std::vector<nlohmann::json> others;
  for (const nlohmann::json& run : report["runs"])
    if (run["outcome"] != outcome) others.push_back(run);
  return others;
}

/// What halfopen was too late to judge is run once more, a few at a time.
bool passes_alone(const nlohmann::json& run, const std::string& client = "clients/reference") {
  if (run["outcome"] != "inconclusive") return false;
  WARN("run again: " << run["scenario"] << " was inconclusive: " << run["reason"]);
  return run_halfopen({"run", run["file"], "--client", client, "--require-all"}).code == 0;
}

/// On a machine without time for anything every client is slow, so that a mutant which is too fast
/// passes. It must be caught when it is nearly alone, once in three times.
bool caught_alone(const nlohmann::json& run) {
  if (run["outcome"] != "inconclusive" && run["outcome"] != "pass") return false;
  const std::string mutant = run["client"];
  WARN("run again: " << run["scenario"] << " " << mutant << ": " << run["outcome"]);
  for (int i = 0; i < 3; ++i)
    if (run_halfopen({"run", run["file"], "--client", "clients/" + mutant}).code == 1) return true;
  return false;
}

halfopen::scenario::Scenario load(const std::string& file) {
  auto loaded = halfopen::scenario::load_scenario(halfopen::scenario::read_file(file), file);
  REQUIRE(loaded.value);
  return *std::move(loaded.value);
}

/// The shipped scenarios, as there are files.
std::vector<std::string> shipped_files() {
  return halfopen::scenario::find_scenarios(source_folder + "/scenarios");
}

/// Every so many of them, from every folder alike: what there is time for at each commit.
std::vector<std::string> sample_of(const std::vector<std::string>& files, std::size_t every) {
  std::vector<std::string> sample;
  for (std::size_t i = 0; i < files.size(); i += every) sample.push_back(files[i]);
  return sample;
}

std::size_t count_mutants(const std::vector<std::string>& files) {
  std::size_t count = 0;
  for (const std::string& file : files) count += load(file).mutants.size();
  return count;
}

/// Other clients that do nothing wrong. What their expected.toml does not give a reason for they
/// pass, as the reference does.
const std::string good_clients = "tests/e2e/clients/good/";

void check_good_clients(const std::vector<std::string>& files) {
  const Scratch scratch;
  Start start;
  start.arguments = {"run", "--expected", "--json", scratch.path("report.json")};
  for (const std::string name : {"speaks-first", "pings-often", "offers-protocol"}) {
    start.arguments.emplace_back("--client");
    start.arguments.push_back(good_clients + name);
  }
  start.arguments.insert(start.arguments.end(), files.begin(), files.end());
  const Ended ended = run_program(start, patience);
  INFO(ended.whole());
  CHECK(ended.code == 0);
  const nlohmann::json report = scratch.json("report.json");
  CHECK(report["runs"].size() == 3 * files.size());
  for (const nlohmann::json& run : report["runs"]) {
    if (run["outcome"] != "inconclusive") continue;
    INFO(run.dump(2));
    CHECK(passes_alone(run, good_clients + run["client"].get<std::string>()));
  }
}

/// Whether the scenario names the mutant that it was run against.
bool is_named(const nlohmann::json& run) {
  const std::string file = run["file"];
  const std::string mutant = run["client"];
  const auto named = load(std::filesystem::path(source_folder) / file).mutants;
  return std::any_of(named.begin(), named.end(),
                     [&](const std::string& name) { return mutant.ends_with("@" + name); });
}

/// Each mutant that these scenarios name fails them, and none was left out.
void check_mutants(const std::vector<std::string>& files) {
  std::vector<std::string> words = files;
  words.emplace_back("--require-all");
  const Told told = run_shipped("mutants", words);
  INFO(told.ended.whole());
  REQUIRE(told.ended.in_time);
  CHECK(told.report["runs"].size() == count_mutants(files));
  const auto survivors = others_than(told.report, "fail");
  CHECK((told.ended.code == 0) == survivors.empty());
  for (const nlohmann::json& run : survivors) {
    INFO(run.dump(2));
    CHECK(caught_alone(run));
  }
}

}  // namespace

TEST_CASE("the reference client passes every shipped scenario") {
  const bool packets = has_packet_link();
  const Told told = run_shipped("run", {"--link", packets ? "packet" : "stream"});
  INFO(told.ended.whole());
  REQUIRE(told.ended.in_time);
  CHECK(told.ended.code == 0);
  CHECK(told.report["runs"].size() == shipped_files().size());
  for (const nlohmann::json& run : others_than(told.report, "pass")) {
    INFO(run.dump(2));
    if (!packets && run["outcome"] == "unsupported") continue;
    CHECK(passes_alone(run));
  }
}

TEST_CASE("clients with other good habits pass, too: one scenario in three") {
  if (!has_packet_link()) return;
  check_good_clients(sample_of(shipped_files(), 3));
}

TEST_CASE("clients with other good habits pass every shipped scenario, too", "[.nightly]") {
  if (!has_packet_link()) return;
  check_good_clients(shipped_files());
}

TEST_CASE("every mutant fails the scenario that is there to catch it: one scenario in four") {
  if (!has_packet_link()) return;
  check_mutants(sample_of(shipped_files(), 4));
}

TEST_CASE("every mutant fails the scenarios that are there to catch it", "[.nightly]") {
  if (!has_packet_link()) return;
  check_mutants(shipped_files());
}

TEST_CASE("a mutant fails just the scenarios that name it", "[.nightly]") {
  if (!has_packet_link()) return;
  const std::vector<std::string> mutants = {"trusts-anyone", "ignores-status", "ignores-violations",
                                            "no-fragments"};
  std::vector<std::string> words;
  for (const std::string& mutant : mutants) words.insert(words.end(), {"--only", mutant});
  const Told told = run_shipped("mutants", words);
  INFO(told.ended.whole());
  REQUIRE(told.ended.in_time);
  CHECK(told.report["runs"].size() == mutants.size() * shipped_files().size());
  for (const nlohmann::json& run : told.report["runs"]) {
    if (run["outcome"] != "fail" || is_named(run)) continue;
    INFO(run.dump(2));
    // What fails on a busy machine alone is no more than slow.
    const std::string mutant = run["client"];
    CHECK(run_halfopen({"run", run["file"], "--client", "clients/" + mutant}).code != 1);
  }
}
