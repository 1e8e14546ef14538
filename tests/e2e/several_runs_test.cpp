// A scenario file that is several runs, includes another and has variables, from the command line
// to the reports; and its traces, judged where its files are not.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "support/program.h"
#include "support/scratch.h"

using namespace halfopen::e2e;
using Catch::Matchers::Contains;
namespace fs = std::filesystem;

namespace {

const std::string reference = source_folder + "/clients/reference";

/// Fails with the shipped client in each of its runs but one.
void put_scenario(const Scratch& scratch) {
  fs::create_directories(scratch.path("scenarios/close/parts"));
  scratch.write("scenarios/close/any.toml",
                "about = \"Closed with ${code}, greeted as ${who}.\"\n"
                "include = \"parts/shared.toml\"\n"
                "[variables]\nwho = \"you\"\n"
                "[matrix]\ncode = [1001, 4000]\n"
                "[[attempt]]\nsteps = [{ send = \"hello ${who}\" }, { close = \"${code}\" }]\n");
  scratch.write("scenarios/close/parts/shared.toml",
                "[[attempt]]\nsteps = [{ drop = \"fin\" }]\n\n[expect]\nattempts = 2\n");
}

Ended run_in(const Scratch& scratch, std::vector<std::string> words) {
  return run_program({.arguments = std::move(words), .directory = scratch.path()},
                     std::chrono::seconds(120));
}

}  // namespace

TEST_CASE("several runs of a file have names, places and commands of their own") {
  const Scratch scratch;
  put_scenario(scratch);
  const Ended run = run_in(scratch, {"run", "close/any", "--client", reference, "--link", "stream",
                                     "--set", "who=me", "--json", "run.json", "--junit", "run.xml",
                                     "--trace-dir", "traces", "--html", "run.html"});
  INFO(run.whole());
  CHECK(run.code == 1);
  const auto runs = scratch.json("run.json")["runs"];
  REQUIRE(runs.size() == 2);
  CHECK(runs[0]["scenario"] == "close/any@code=1001");
  CHECK(runs[1]["scenario"] == "close/any@code=4000");
  const auto& failure = runs[1]["failures"][0];
  CHECK(failure["line"] == 5);
  CHECK(failure["file"] == "scenarios/close/parts/shared.toml");
  CHECK_THAT(
      runs[1]["replay"].get<std::string>(),
      Contains("halfopen run scenarios/close/any.toml@code=4000 ") && Contains(" --set who=me "));
  CHECK_THAT(scratch.read("run.xml"),
             Contains("name=\"close/any@code=4000\" file=\"scenarios/close/parts/shared.toml\" "
                      "line=\"5\""));
  CHECK_THAT(run.out, Contains("attempts (line 5 of scenarios/close/parts/shared.toml)"));
  const std::string trace = "traces/close--any@code=4000.reference.jsonl";
  CHECK_THAT(scratch.read(trace), Contains("\"text\":\"hello me\""));

  SECTION("judged elsewhere, without the files and the settings, they are what they were") {
    fs::create_directories(scratch.path("elsewhere"));
    fs::rename(scratch.path("traces"), scratch.path("elsewhere/traces"));
    fs::remove_all(scratch.path("scenarios"));
    const Ended judged = run_program(
        {.arguments = {"judge", trace, "--json"}, .directory = scratch.path("elsewhere")});
    INFO(judged.whole());
    CHECK(judged.code == 1);
    auto again = nlohmann::json::parse(judged.out)["runs"][0];
    for (const char* key :
         {"scenario", "file", "outcome", "failures", "decisions", "replay", "set"}) {
      CAPTURE(key);
      CHECK(again[key] == runs[1][key]);
    }
    const Ended why =
        run_program({.arguments = {"why", trace}, .directory = scratch.path("elsewhere")});
    CHECK_THAT(why.out,
               Contains("scenarios/close/parts/shared.toml:5\n") && Contains("> attempts = 2\n"));
  }
  SECTION("what failed is made again, with the values that it had") {
    const Ended again = run_in(scratch, {"run", "--rerun-failed", "run.json", "close/any@code=4000",
                                         "--link", "stream", "--json", "again.json"});
    INFO(again.whole());
    const auto repeated = scratch.json("again.json")["runs"];
    REQUIRE(repeated.size() == 1);
    CHECK(repeated[0]["scenario"] == "close/any@code=4000");
    CHECK(repeated[0]["set"] == nlohmann::json::parse(R"([["who","me"]])"));
  }
}
