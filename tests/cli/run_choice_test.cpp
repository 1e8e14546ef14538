// What `halfopen run` is asked to run, and what it refuses before it runs anything.
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "cli/captured.h"
#include "cli/commands.h"
#include "cli/earlier_report.h"
#include "cli/next_commands.h"
#include "cli/pairs.h"

using namespace halfopen;
using namespace halfopen::tests;
namespace fs = std::filesystem;

namespace {

class Folder {
 public:
  Folder() { fs::create_directories(path_); }
  Folder(const Folder&) = delete;
  ~Folder() { fs::remove_all(path_); }

  [[nodiscard]] std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name) << text;
    return (path_ / name).string();
  }

 private:
  fs::path path_ = fs::temp_directory_path() / ("halfopen-choice-" + std::to_string(getpid()));
};

std::string run_of(const std::string& scenario, const std::string& client,
                   const std::string& outcome, int seed) {
  return R"({"scenario": ")" + scenario + R"(", "file": "scenarios/)" + scenario +
         R"(.toml", "client": ")" + client + R"(", "client_given": "node )" + client +
         R"(.js", "outcome": ")" + outcome + R"(", "seed": )" + std::to_string(seed) + "}";
}

std::string report_of(const std::string& runs) {
  return R"({"halfopen": "report", "runs": [)" + runs + "]}";
}

std::string refused(const std::string& file) {
  try {
    (void)cli::failed_in(file);
    return "nothing";
  } catch (const cli::Misuse& misuse) {
    return misuse.option() + ": " + misuse.what();
  }
}

scenario::Scenario scenario_named(const std::string& name) {
  scenario::Scenario scenario;
  scenario.name = name;
  return scenario;
}

scenario::Client client_named(const std::string& name) {
  scenario::Client client;
  client.name = name;
  return client;
}

}  // namespace

TEST_CASE("rerun: what failed, could not be carried out or stayed undecided") {
  const Folder folder;
  const auto runs = cli::failed_in(folder.write(
      "r.json",
      report_of(run_of("a", "x", "pass", 1) + "," + run_of("a", "y", "fail", 7) + "," +
                run_of("b", "y", "inconclusive", 8) + "," + run_of("c", "x", "unsupported", 1) +
                "," + run_of("d", "x", "error", 1) + "," + run_of("a", "y", "fail", 9))));
  REQUIRE(runs.size() == 4);
  CHECK(runs[0].scenario == "a");
  CHECK(runs[0].seed == 7);
  CHECK(cli::scenarios_of(runs) ==
        std::vector<std::string>{"scenarios/a.toml", "scenarios/b.toml", "scenarios/d.toml"});
  CHECK(cli::clients_of(runs) == std::vector<std::string>{"node y.js", "node x.js"});

  const std::vector<scenario::Scenario> scenarios{scenario_named("a"), scenario_named("b")};
  const std::vector<scenario::Client> clients{client_named("x"), client_named("y")};
  const auto pairs = cli::only_those_of(runs, cli::pair_up(scenarios, clients, 1));
  REQUIRE(pairs.size() == 2);  // a and b with y
  const auto again = cli::with_their_seeds(runs, pairs, 8);
  REQUIRE(again.size() == 3);
  CHECK(again[0].seeds_later + 8 == 7);
  CHECK(again[1].seeds_later + 8 == 9);
  CHECK(again[2].seeds_later + 8 == 8);
  CHECK(again[2].scenario == &scenarios[1]);
}

TEST_CASE("rerun: a report that is none, and one without a failure") {
  const Folder folder;
  CHECK(refused("nowhere.json") ==
        "--rerun-failed: read nowhere.json: it cannot be read, or is empty");
  const std::string torn = folder.write("torn.json", "{");
  CHECK(refused(torn) == "--rerun-failed: " + torn + " is no report that `run --json` has written");
  const std::string other = folder.write("other.json", R"({"halfopen": "trace"})");
  CHECK(refused(other) ==
        "--rerun-failed: " + other + " is no report that `run --json` has written");
  const std::string good = folder.write("good.json", report_of(run_of("a", "x", "pass", 1)));
  CHECK(refused(good) == "--rerun-failed: none of the 1 runs in " + good +
                             " failed or stayed undecided: there is nothing to repeat");
  const std::string odd = folder.write("odd.json", report_of(R"({"outcome": "fail"})"));
  CHECK_THAT(refused(odd), Catch::StartsWith("--rerun-failed: " + odd + ": run 1: "));
}

TEST_CASE("rerun: an older report does not say how its clients were started") {
  const cli::EarlierRun old{"a", "", "node", "", 1};
  CHECK(cli::scenarios_of({old}) == std::vector<std::string>{"a"});
  CHECK_THROWS_WITH(cli::clients_of({old}),
                    Catch::Contains("the report does not say how `node` was started"));
}

TEST_CASE("repeated: all of them, one time after the other") {
  const std::vector<scenario::Scenario> scenarios{scenario_named("a"), scenario_named("b")};
  const std::vector<scenario::Client> clients{client_named("x")};
  const auto pairs = cli::repeated(cli::pair_up(scenarios, clients, 1), 3);
  REQUIRE(pairs.size() == 6);
  CHECK(pairs[0].scenario == pairs[2].scenario);
  CHECK(pairs[1].scenario == pairs[5].scenario);
}

TEST_CASE("next commands: at most five, which fit what was asked for") {
  report::Result result;
  const auto scenario = std::make_shared<scenario::Scenario>(scenario_named("drops/reset"));
  result.scenario = scenario;
  result.trace.header.scenario_file = "scenarios/drops/reset.toml";
  result.trace.header.client = result.trace.header.client_given = "node app.js {url}";
  const report::CauseGroup group{&report::causes().front(), {&result}, &result, nullptr};
  cli::RunOptions options;
  const std::vector<std::string> own{"/usr/bin/halfopen", "run", "--client", "node app.js {url}"};
  CHECK(cli::next_commands({}, options, own).empty());
  CHECK(cli::next_commands({group}, options, own) == R"(Next:
  one failure as a story:
    halfopen run scenarios/drops/reset.toml --client 'node app.js {url}' --seed 0 --trace-dir traces; halfopen why traces
  the same run again, with its timeline:
    halfopen run scenarios/drops/reset.toml --client 'node app.js {url}' --seed 0
  a report to look at:
    halfopen run --client 'node app.js {url}' --html report.html
  whether it always fails:
    halfopen run scenarios/drops/reset.toml --client 'node app.js {url}' --seed 0 --repeat 5
)");
  options.trace_dir = "t";
  options.reports.json = "r.json";
  result.trace_file = "t/drops--reset.node.jsonl";
  CHECK(cli::next_commands({group}, options, own) == R"(Next:
  one failure as a story:
    halfopen why t/drops--reset.node.jsonl
  the same run again, with its timeline:
    halfopen run scenarios/drops/reset.toml --client 'node app.js {url}' --seed 0
  a report to look at:
    halfopen report t/*.jsonl --html report.html
  only what failed:
    halfopen run --rerun-failed r.json
  whether it always fails:
    halfopen run scenarios/drops/reset.toml --client 'node app.js {url}' --seed 0 --repeat 5
)");
}
