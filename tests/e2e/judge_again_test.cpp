// A saved trace, judged again, gives the verdict of the run: word for word.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <regex>

#include "support/machine.h"
#include "support/program.h"
#include "support/scratch.h"

using namespace halfopen::e2e;
using Catch::Matchers::Contains;

namespace {

const std::string reference = source_folder + "/clients/reference";

struct Case {
  std::string name;
  std::string scenario;
  std::string client;
  std::string outcome;
};

const std::string one_connection =
    "about = \"It connects and stays.\"\n"
    "[expect]\n"
    "attempts = 1\n"
    "within = \"10s\"\n";

std::vector<Case> cases() {
  return {
      {"a pass", quick_scenario, reference, "pass"},
      {"a failure", quick_scenario, reference + "@dies-on-reset", "fail"},
      {"an unsupported scenario", packet_scenario, reference, "unsupported"},
      {"a client that is not there", quick_scenario, "no-such-command", "error"},
      {"a client that says odd things", one_connection, helper("hostile.py bad-reports"), ""},
      {"a pass with a warning", quick_scenario, reference + "@no-delay", ""},
  };
}

}  // namespace

TEST_CASE("judged again, the text and the JSON are those of the run") {
  const Case one = GENERATE(from_range(cases()));
  const bool strict = GENERATE(false, true);
  INFO(one.name << (strict ? ", strict" : ""));
  const Scratch scratch;
  Start start;
  start.directory = scratch.path();
  scratch.write("story.toml", one.scenario);
  start.arguments = {"run",    "story.toml", "--client", one.client, "--link",      "stream",
                     "--json", "run.json",   "--seed",   "1",        "--trace-dir", "traces"};
  if (strict) start.arguments.emplace_back("--strict");
  const Ended run = run_program(start);
  INFO(run.whole());
  const auto json = scratch.json("run.json");
  if (!one.outcome.empty()) CHECK(json["runs"][0]["outcome"] == one.outcome);

  // Elsewhere and without the scenario's file: the trace is enough.
  const std::string name = json["runs"][0]["client"].get<std::string>();
  const std::string trace = scratch.read("traces/story." + name + ".jsonl");
  const Scratch elsewhere;
  start.directory = elsewhere.path();
  start.arguments = {"judge", elsewhere.write("saved.jsonl", trace)};
  if (strict) start.arguments.emplace_back("--strict");
  const Ended again = run_program(start);
  CHECK(again.out == run.out);
  CHECK(again.code == run.code);
  start.arguments.emplace_back("--json");
  CHECK(run_program(start).out == scratch.read("run.json"));
}

TEST_CASE("a trace whose events do not say whose they are is judged as one that says it") {
  const Scratch scratch;
  Start start;
  start.directory = scratch.path();
  scratch.write("story.toml", quick_scenario);
  start.arguments = {"run",    "story.toml", "--client", reference,     "--link",
                     "stream", "--json",     "run.json", "--trace-dir", "traces"};
  const Ended run = run_program(start);
  INFO(run.whole());
  const std::string trace = scratch.read("traces/story.reference.jsonl");
  const std::string older = std::regex_replace(trace, std::regex(R"("client":1,)"), "");
  REQUIRE(older.size() < trace.size());
  start.arguments = {"judge", scratch.write("older.jsonl", older), "--json"};
  CHECK(run_program(start).out == scratch.read("run.json"));
}

TEST_CASE("a trace that was cut off by the death of halfopen is an error, not a verdict") {
  const Scratch scratch;
  Start start;
  start.directory = scratch.path();
  scratch.write("story.toml", quick_scenario);
  start.arguments = {"run",    "story.toml", "--client",    reference,
                     "--link", "stream",     "--trace-dir", "traces"};
  run_program(start);
  const std::string trace = scratch.read("traces/story.reference.jsonl");
  scratch.write("cut.jsonl", trace.substr(0, trace.rfind('\n', trace.size() - 2) + 1));
  start.arguments = {"judge", "cut.jsonl"};
  const Ended cut = run_program(start);
  INFO(cut.whole());
  CHECK(cut.code == 3);
  CHECK_THAT(cut.out, Contains("the trace has no end"));
  scratch.write("torn.jsonl", trace.substr(0, trace.size() / 2));
  start.arguments = {"judge", "torn.jsonl"};
  const Ended torn = run_program(start);
  INFO(torn.whole());
  CHECK(torn.code == 3);
  CHECK_THAT(torn.err, Contains("torn.jsonl:"));
}
