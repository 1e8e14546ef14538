// What a run leaves behind: JUnit, JSON, traces, and colours only where somebody looks.
#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <utility>

#include "support/machine.h"
#include "support/program.h"
#include "support/scratch.h"
#include "trace/codec.h"

using namespace halfopen;
using namespace halfopen::e2e;
using Catch::Matchers::Contains;

namespace {

const std::string reference = source_folder + "/clients/reference";
const std::string escape = "\x1b[";

/// The quick scenario against the reference client and one that crashes.
Ended run_pair(const Scratch& scratch, std::vector<std::string> more,
               std::vector<std::pair<std::string, std::string>> environment = {}) {
  Start start;
  start.directory = scratch.path();
  scratch.write("quick.toml", quick_scenario);
  start.arguments = {
      "run",    "quick.toml", "--client", reference, "--client", reference + "@dies-on-reset",
      "--link", "stream",     "--seed",   "4711"};
  start.arguments.insert(start.arguments.end(), more.begin(), more.end());
  start.environment = std::move(environment);
  return run_program(start);
}

/// In a pseudo-terminal, by script(1).
Ended run_in_terminal(const Scratch& scratch, const std::string& no_color) {
  Start start;
  start.program = "script";
  start.arguments = {"-qec",
                     program_file + " run " + scratch.write("quick.toml", quick_scenario) +
                         " --client " + reference + " --link stream",
                     "/dev/null"};
  start.environment = {{"NO_COLOR", no_color}, {"TERM", "xterm"}};
  return run_program(start);
}

}  // namespace

TEST_CASE("the option --json: every run, told to programs") {
  const Scratch scratch;
  const Ended ended = run_pair(scratch, {"--json", "out/report.json"});
  INFO(ended.whole());
  CHECK(ended.code == 1);
  const auto report = scratch.json("out/report.json");
  CHECK(report["halfopen"] == "report");
  CHECK(report["totals"]["runs"] == 2);
  CHECK(report["totals"]["pass"] == 1);
  CHECK(report["totals"]["fail"] == 1);
  REQUIRE(report["runs"].size() == 2);
  const auto& passed = report["runs"][0];
  CHECK(passed["scenario"] == "quick");
  CHECK(passed["client"] == "reference");
  CHECK(passed["outcome"] == "pass");
  CHECK(passed["seed"] == 4711);
  CHECK(passed["attempts"].size() == 2);
  CHECK(passed["attempts"][0]["gap_us"] > 0);
  const auto& failed = report["runs"][1];
  CHECK(failed["client"] == "reference@dies-on-reset");
  CHECK(failed["outcome"] == "fail");
  CHECK_THAT(failed["failures"].dump(), Contains("SIGABRT"));
}

TEST_CASE("the option --junit: what continuous integration reads") {
  const Scratch scratch;
  const Ended ended = run_pair(scratch, {"--junit", "out/junit.xml"});
  INFO(ended.whole());
  CHECK(ended.code == 1);
  const std::string text = scratch.read("out/junit.xml");
  CHECK_THAT(text, Contains("<testsuite") && Contains("tests=\"2\"") && Contains("failures=\"1\""));
  CHECK_THAT(text, Contains("<failure") && Contains("SIGABRT"));
}

TEST_CASE("the option --junit: a parser reads it, whatever the client prints") {
  const Scratch scratch;
  Start start;
  start.arguments = {
      "run",      scratch.write("quick.toml", quick_scenario),
      "--client", "printf '\\001]]>\\033[2J\\377\\355\\240\\200\\357\\277\\276\\303' >&2; exit 3",
      "--client", reference,
      "--client", reference,
      "--link",   "stream",
      "--junit",  scratch.path("junit.xml")};
  const Ended ended = run_program(start);
  INFO(ended.whole());
  Start parser;
  parser.program = python;
  parser.arguments = {"-c",
                      "import sys, xml.etree.ElementTree as tree\n"
                      "root = tree.parse(sys.argv[1]).getroot()\n"
                      "tests = list(root.iter('testcase'))\n"
                      "names = {(t.get('classname'), t.get('name')) for t in tests}\n"
                      "print(len(tests), len(names), root.get('failures'), "
                      "max(len(t.findall('failure')) for t in tests))\n",
                      scratch.path("junit.xml")};
  const Ended parsed = run_program(parser);
  INFO(parsed.whole());
  CHECK(parsed.out == "2 2 1 1\n");  // the same client twice is a repeat
}

TEST_CASE("the option --junit: repeats are reruns, and Jenkins' schema knows no places") {
  const Scratch scratch;
  const Ended ended = run_pair(scratch, {"--junit", "junit.xml", "--repeat", "2"});
  INFO(ended.whole());
  CHECK(ended.code == 1);
  const std::string text = scratch.read("junit.xml");
  CHECK_THAT(text, Contains("tests=\"2\" failures=\"1\"") &&
                       Contains("message=\"2 of 2 runs failed: ") && Contains("<rerunFailure ") &&
                       Contains(" file=\"quick.toml\""));
  const Ended jenkins =
      run_pair(scratch, {"--junit", "junit.xml"}, {{"JENKINS_URL", "http://ci.test/"}});
  CHECK(jenkins.code == 1);
  CHECK_THAT(scratch.read("junit.xml"), Contains("<failure ") && !Contains(" file="));
}

TEST_CASE("the options --ctrf and --tap: the same runs, and where their traces are") {
  const Scratch scratch;
  const Ended ended = run_pair(scratch, {"--ctrf", "out/ctrf.json", "--tap", "out/runs.tap",
                                         "--junit", "out/junit.xml", "--trace-dir", "traces"});
  INFO(ended.whole());
  CHECK(ended.code == 1);
  const auto tests = scratch.json("out/ctrf.json")["results"]["tests"];
  REQUIRE(tests.size() == 2);
  CHECK(tests[0]["status"] == "passed");
  CHECK(tests[1]["status"] == "failed");
  const auto trace = tests[1]["attachments"][0]["path"].get<std::string>();
  CHECK(trace == "traces/quick.reference@dies-on-reset.jsonl");
  CHECK(trace::read(scratch.read(trace), trace).header.scenario == "quick");
  CHECK_THAT(scratch.read("out/junit.xml"), Contains("[[ATTACHMENT|" + trace + "]]"));
  CHECK_THAT(scratch.read("out/runs.tap"), Contains("ok 1 - reference: quick\n") &&
                                               Contains("not ok 2 - reference@dies-on-reset"));

  Start again;
  again.directory = scratch.path();
  again.arguments = {"report", trace, "--ctrf", "again.json", "--tap", "again.tap"};
  CHECK(run_program(again).code == 1);
  CHECK(scratch.json("again.json")["results"]["tests"][0]["message"] == tests[1]["message"]);
}

TEST_CASE("in a job of GitHub Actions failures are annotations, and the job has a summary") {
  const Scratch scratch;
  scratch.write("summary.md", "before\n");
  const std::vector<std::pair<std::string, std::string>> job = {
      {"GITHUB_ACTIONS", "true"},
      {"GITHUB_WORKSPACE", scratch.path("..")},
      {"GITHUB_STEP_SUMMARY", scratch.path("summary.md")}};
  const Ended told = run_pair(scratch, {"--quiet"}, job);
  INFO(told.whole());
  CHECK(told.code == 1);
  const std::string folder = std::filesystem::path(scratch.path()).filename().string();
  CHECK_THAT(told.out, Contains("::error file=" + folder + "/quick.toml,line="));
  const std::string summary = scratch.read("summary.md");
  CHECK_THAT(summary, Catch::Matchers::StartsWith("before\n## halfopen: 2 runs: 1 pass, 1 fail"));

  const Ended silent = run_pair(scratch, {"--quiet", "--github", "off"}, job);
  CHECK_THAT(silent.out, !Contains("::error"));
  CHECK(scratch.read("summary.md") == summary);

  const Ended unwritable = run_pair(scratch, {"--quiet", "--github", "on"},
                                    {{"GITHUB_STEP_SUMMARY", "/proc/nowhere/summary.md"}});
  CHECK(unwritable.code == 1);
  CHECK_THAT(unwritable.out, Contains("::error file="));
  CHECK_THAT(unwritable.err, Contains("GITHUB_STEP_SUMMARY"));
}

TEST_CASE("interrupted: every report says what was cut off and what was not started") {
  const Scratch scratch;
  const std::string ready = scratch.path("ready");
  Start start;
  start.arguments = {"run",         scratch.write("quick.toml", quick_scenario),
                     "--client",    "touch " + ready + "; sleep 100",
                     "--client",    "sleep 100",
                     "--link",      "stream",
                     "--jobs",      "1",
                     "--json",      scratch.path("report.json"),
                     "--junit",     scratch.path("junit.xml"),
                     "--trace-dir", scratch.path("traces")};
  Program program(start);
  REQUIRE(eventually([&] { return std::filesystem::exists(ready); }));
  program.signal(SIGINT);
  const Ended ended = program.wait();
  INFO(ended.whole());
  CHECK(ended.code == 5);
  CHECK_THAT(ended.err, Contains("interrupted; 0 of 2 runs had ended"));
  const auto report = scratch.json("report.json");
  REQUIRE(report["runs"].size() == 2);
  CHECK(report["runs"][0]["reason"] == "the run was interrupted");
  CHECK(report["runs"][1]["reason"] == "not started: halfopen was interrupted");
  CHECK_THAT(scratch.read("junit.xml"),
             Contains("inconclusive: the run was interrupted") &&
                 Contains("inconclusive: not started: halfopen was interrupted"));
}

TEST_CASE("the seed is always the same, unless another one is asked for") {
  const Scratch scratch;
  const auto seed_of = [&](std::vector<std::string> more) {
    Start start;
    start.arguments = {"run",      scratch.write("quick.toml", quick_scenario),
                       "--client", reference,
                       "--link",   "stream",
                       "--json",   scratch.path("report.json")};
    start.arguments.insert(start.arguments.end(), more.begin(), more.end());
    run_program(start);
    return scratch.json("report.json")["runs"][0]["seed"];
  };
  CHECK(seed_of({}) == 1);
  CHECK(seed_of({"--seed", "18446744073709551615"}) == 18446744073709551615ULL);
  CHECK(seed_of({"--seed", "random"}) != seed_of({"--seed", "random"}));
  CHECK(run_halfopen({"run", "--client", reference, "--seed", "-1"}).code == 2);
  CHECK(run_halfopen({"run", "--client", reference, "--seed", "7x"}).code == 2);
}

TEST_CASE("the option --trace-dir: the whole story of every run") {
  const Scratch scratch;
  const Ended ended = run_pair(scratch, {"--trace-dir", "deep/traces"});
  INFO(ended.whole());
  const trace::Trace trace = scratch.trace("deep/traces/quick.reference.jsonl");
  CHECK(trace.header.scenario_text == quick_scenario);
  CHECK(trace.header.client == "reference");
  CHECK(trace.header.seed == 4711);
  CHECK(trace.header.link == "stream");
  CHECK(std::holds_alternative<trace::Over>(trace.events.back().body));
  for (const trace::Event& event : trace.events) {
    INFO(trace::to_line(event));
    const bool of_the_run = std::holds_alternative<trace::LinkSummary>(event.body) ||
                            std::holds_alternative<trace::Lag>(event.body) ||
                            std::holds_alternative<trace::Over>(event.body);
    CHECK(event.client == (of_the_run ? 0 : 1));
  }
  CHECK(scratch.trace("deep/traces/quick.reference@dies-on-reset.jsonl").events.size() > 5);
}

TEST_CASE("two clients of one name keep a trace each") {
  const Scratch scratch;
  const Ended ended = run_pair(scratch, {"--client", reference, "--trace-dir", "traces"});
  INFO(ended.whole());
  std::size_t files = 0;
  for ([[maybe_unused]] const auto& file :
       std::filesystem::directory_iterator(scratch.path("traces")))
    ++files;
  CHECK(files == 3);
}

TEST_CASE("colours on a terminal, unless NO_COLOR is set") {
  const Scratch scratch;
  const Ended coloured = run_in_terminal(scratch, "");
  INFO(coloured.whole());
  CHECK(coloured.code == 0);
  CHECK_THAT(coloured.out, Contains(escape));
  const Ended plain = run_in_terminal(scratch, "1");
  CHECK(plain.code == 0);
  CHECK_THAT(plain.out, Contains("✓ pass") && !Contains(escape + "3") && !Contains(escape + "1m"));
}

TEST_CASE("no colours and no cursor movements into a pipe") {
  const Scratch scratch;
  const Ended ended = run_pair(scratch, {"--verbose"});
  CHECK(ended.out.find('\x1b') == std::string::npos);
  CHECK(ended.err.find('\x1b') == std::string::npos);
  CHECK(ended.err.find('\r') == std::string::npos);
}

TEST_CASE("what a client prints cannot steer the terminal") {
  const Scratch scratch;
  const Ended ended =
      run_halfopen({"run", scratch.write("quick.toml", quick_scenario), "--client",
                    "printf 'a\\033[2Jb\\033]0;owned\\007\\n{\"event\":\"\\033[31m\"}\\n'",
                    "--link", "stream", "--trace-dir", scratch.path("traces")});
  INFO(ended.whole());
  CHECK_THAT(ended.out, Contains("b"));
  CHECK(ended.out.find('\x1b') == std::string::npos);
  CHECK(ended.out.find('\x07') == std::string::npos);
}

TEST_CASE("two commands of one name are two clients in every report") {
  const Scratch scratch;
  Start start;
  start.directory = scratch.path();
  scratch.write("quick.toml", quick_scenario);
  start.arguments = {"run",      "quick.toml",     "--client",    "false {url}",
                     "--client", "false -x {url}", "--client",    "false {url}",
                     "--link",   "stream",         "--json",      "r.json",
                     "--junit",  "r.xml",          "--trace-dir", "traces"};
  const Ended ended = run_program(start);
  INFO(ended.whole());
  const auto runs = scratch.json("r.json")["runs"];
  REQUIRE(runs.size() == 3);
  CHECK(runs[0]["client"] == "false");
  CHECK(runs[1]["client"] == "false #2");
  CHECK(runs[2]["client"] == "false");  // the same command again
  CHECK_THAT(scratch.read("r.xml"), Contains("name=\"false\"") && Contains("name=\"false #2\""));
  CHECK_THAT(ended.out, Contains("false #2"));
  CHECK(scratch.trace("traces/quick.false #2.jsonl").header.client_given == "false -x {url}");
}

TEST_CASE("the option --seeds: more of them where the verdict hangs on chance, judged together") {
  const Scratch scratch;
  Start start;
  start.directory = scratch.path();
  scratch.write("quick.toml", quick_scenario);
  std::string coins = quick_scenario;
  coins.replace(coins.find("\"reset\" }"), 9, "\"reset\", chance = \"50%\" }");
  coins.replace(coins.find("attempts = 2\nopens = 2"), 22, "attempts = \"1..2\"");
  scratch.write("coins.toml", coins);
  start.arguments = {"run",    "quick.toml", "coins.toml", "--client",    reference,
                     "--link", "stream",     "--seed",     "7",           "--seeds",
                     "3",      "--json",     "r.json",     "--trace-dir", "traces"};
  const Ended ended = run_program(start);
  INFO(ended.whole());
  CHECK(ended.code == 0);
  std::vector<std::pair<std::string, int>> seen;
  const auto report = scratch.json("r.json");
  for (const auto& run : report["runs"])
    seen.emplace_back(run["scenario"].get<std::string>(), run["seed"].get<int>());
  CHECK(seen == std::vector<std::pair<std::string, int>>{
                    {"quick", 7}, {"coins", 7}, {"coins", 8}, {"coins", 9}});
  CHECK(scratch.trace("traces/coins.reference.3.jsonl").header.seed == 9);
}

TEST_CASE("shards: every run is in one of them, and merge makes one report of all") {
  const Scratch scratch;
  const auto run_shard = [&](const std::string& shard) {
    return run_pair(scratch,
                    {"--quiet", "--shard", shard, "--trace-dir", "traces-" + shard.substr(0, 1)});
  };
  const auto merge = [&](std::vector<std::string> arguments) {
    Start start;
    start.directory = scratch.path();
    start.arguments = {"merge", "--json", "merged.json"};
    start.arguments.insert(start.arguments.end(), arguments.begin(), arguments.end());
    return run_program(start);
  };
  const std::vector<int> codes = {run_shard("1/2").code, run_shard("2/2").code};
  CHECK(codes[0] + codes[1] == 1);  // one has the client that fails
  const Ended whole = merge({"traces-1", "traces-2"});
  INFO(whole.whole());
  CHECK(whole.code == 1);
  CHECK(scratch.json("merged.json")["totals"]["runs"] == 2);

  const Ended half = merge({codes[0] == 0 ? "traces-1" : "traces-2"});
  CHECK(half.code == 3);
  CHECK_THAT(half.err, Contains("of 2 shards these are missing: ") && Contains("not of the whole"));
  CHECK(scratch.json("merged.json")["totals"]["runs"] == 1);

  const Ended none = run_shard("3/3");
  CHECK(none.code == 2);
  CHECK_THAT(none.err, Contains("--shard: shard 3 of 3 has nothing to run: there are 2 runs"));

  std::filesystem::remove(scratch.path("traces-1/quick.reference.jsonl"));
  std::filesystem::remove(scratch.path("traces-1/quick.reference@dies-on-reset.jsonl"));
  const Ended cut_off = merge({"traces-1", "traces-2"});
  CHECK((cut_off.code == 1 || cut_off.code == 3));
  CHECK_THAT(cut_off.err, Contains("1 of 1 runs of shard 1 have left no trace in traces-1"));
}

TEST_CASE("Bazel is told that shards are heeded") {
  const Scratch scratch;
  const Ended ended = run_pair(scratch, {"--quiet", "--shard", "auto"},
                               {{"TEST_SHARD_INDEX", "1"},
                                {"TEST_TOTAL_SHARDS", "2"},
                                {"TEST_SHARD_STATUS_FILE", scratch.path("status")}});
  INFO(ended.whole());
  CHECK(ended.code <= 1);
  CHECK(std::filesystem::exists(scratch.path("status")));
}
