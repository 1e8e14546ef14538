// The command line at work: what a run ends with, why it failed, and which runs are made.
#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "support/machine.h"
#include "support/program.h"
#include "support/scratch.h"

using namespace halfopen::e2e;
using Catch::Matchers::Contains;
using Words = std::vector<std::string>;

namespace {

const std::string reference = source_folder + "/clients/reference";
const std::string crashing = reference + "@dies-on-reset";

/// Two quick scenarios, one that only a packet link can play, and what the words say.
Ended halfopen_in(const Scratch& scratch, Words words) {
  scratch.write("quick.toml", "tags = [\"fast\"]\n" + quick_scenario);
  scratch.write("other.toml", quick_scenario);
  scratch.write("syn.toml", packet_scenario);
  Start start;
  start.directory = scratch.path();
  start.arguments = std::move(words);
  return run_program(start);
}

std::size_t runs_in(const Scratch& scratch, const std::string& report) {
  return scratch.json(report)["runs"].size();
}

}  // namespace

TEST_CASE("quiet: what is wrong by cause, what to type next; why tells it; and only that again") {
  const Scratch scratch;
  const Ended ended = halfopen_in(
      scratch, {"run", "quick.toml", "other.toml", "--client", reference, "--client", crashing,
                "--link", "stream", "--quiet", "--json", "r.json", "--trace-dir", "traces"});
  INFO(ended.whole());
  CHECK(ended.code == 1);
  CHECK_THAT(ended.out, Contains("What is wrong, by cause:\n"
                                 "  2 scenarios fail: reference@dies-on-reset crashes\n"));
  CHECK_THAT(ended.out, Contains("Next:\n") && Contains("    halfopen why traces/") &&
                            Contains("    halfopen run --rerun-failed r.json\n"));

  const Ended listed = halfopen_in(scratch, {"why", "traces"});
  INFO(listed.whole());
  CHECK(listed.code == 0);
  CHECK_THAT(listed.out,
             Contains("✕ quick · reference@dies-on-reset: the client crashes\n") &&
                 Contains("halfopen why traces/quick.reference@dies-on-reset.jsonl\n") &&
                 Contains("halfopen why traces/other.reference@dies-on-reset.jsonl\n") &&
                 !Contains("quick.reference.jsonl"));
  for (const Words& words :
       {Words{"why", "traces", "quick"}, Words{"why", "traces", "quick.reference@dies-on-reset"},
        Words{"why", "traces/quick.reference@dies-on-reset.jsonl"}}) {
    const Ended told = halfopen_in(scratch, words);
    INFO(told.whole());
    CHECK(told.code == 0);
    CHECK_THAT(told.out, Contains("✕ quick · reference@dies-on-reset: the client crashes\n") &&
                             Contains("The fault reset struck") && Contains("died of SIGABRT") &&
                             Contains("  halfopen run quick.toml --client "));
  }

  const Ended again = halfopen_in(scratch, {"run", "--rerun-failed", "r.json", "--link", "stream",
                                            "--quiet", "--json", "again.json"});
  INFO(again.whole());
  CHECK(again.code == 1);
  CHECK(runs_in(scratch, "r.json") == 4);
  CHECK(runs_in(scratch, "again.json") == 2);
  CHECK(scratch.json("again.json")["totals"]["fail"] == 2);
}

TEST_CASE("why: what there is not") {
  const Scratch scratch;
  std::filesystem::create_directories(scratch.path("traces"));
  const Ended empty = halfopen_in(scratch, {"why", "traces"});
  CHECK(empty.code == 2);
  CHECK_THAT(empty.err, Contains("the folder traces has no trace (*.jsonl)"));
  scratch.write("traces/torn.jsonl", "{");
  const Ended torn = halfopen_in(scratch, {"why", "traces"});
  CHECK(torn.code == 3);
  CHECK_THAT(torn.err, Contains("torn.jsonl"));
  const Ended slip = halfopen_in(scratch, {"why", "trces"});
  CHECK(slip.code == 2);
  CHECK_THAT(slip.err, Contains("there is no trace and no folder `trces`; did you mean `traces`?"));
}

TEST_CASE("the option --fail-fast: no run begins after one has failed") {
  const Scratch scratch;
  const Ended ended = halfopen_in(
      scratch, {"run", "quick.toml", "other.toml", "--client", crashing, "--link", "stream",
                "--jobs", "1", "--fail-fast", "--repeat", "2", "--json", "r.json"});
  INFO(ended.whole());
  CHECK(ended.code == 1);
  const auto report = scratch.json("r.json");
  CHECK(report["totals"]["runs"] == 4);
  CHECK(report["totals"]["fail"] == 1);
  CHECK(report["totals"]["inconclusive"] == 3);
  CHECK(report["runs"][3]["reason"] == "not started: another run had failed (--fail-fast)");
}

TEST_CASE("the options --repeat and --until-fail") {
  const Scratch scratch;
  const Ended failed =
      halfopen_in(scratch, {"run", "quick.toml", "--client", crashing, "--link", "stream",
                            "--repeat", "5", "--until-fail", "--json", "failed.json"});
  INFO(failed.whole());
  CHECK(failed.code == 1);
  CHECK(runs_in(scratch, "failed.json") == 1);
  CHECK_THAT(failed.err, Contains("--until-fail: 1 of at most 5 rounds were run"));
  const Ended passed =
      halfopen_in(scratch, {"run", "quick.toml", "--client", reference, "--link", "stream",
                            "--repeat", "2", "--until-fail", "--json", "passed.json", "--junit",
                            "passed.xml", "--trace-dir", "traces"});
  INFO(passed.whole());
  CHECK(passed.code == 0);
  CHECK(runs_in(scratch, "passed.json") == 2);
  CHECK_THAT(scratch.read("passed.xml"), Contains("tests=\"1\"") && Contains("name=\"quick\""));
  CHECK(std::filesystem::exists(scratch.path("traces/quick.reference.2.jsonl")));
}

TEST_CASE("the option --list: what would be run, in whatever order the words stand") {
  const Scratch scratch;
  const std::string expected =
      "quick  reference  stream link, seed 1\n"
      "1 run of 1 scenario with 1 client\n"
      "stream link: asked for\n";
  for (const Words& words :
       {Words{"run", "quick.toml", "--client", reference, "--link", "stream", "--list"},
        Words{"run", "--client", reference, "quick.toml", "--link", "stream", "--list"},
        Words{"run", "--list", "--link=stream", "-c", reference, "quick.toml"},
        Words{"run", "--client", reference, "other.toml", "--list", "quick.toml", "--link",
              "stream", "--tag", "fast"},
        Words{"run", "--filter", "fast and not syn", "--client", reference, ".", "--link", "stream",
              "--list"}}) {
    const Ended ended = halfopen_in(scratch, words);
    INFO(ended.whole());
    CHECK(ended.code == 0);
    CHECK(ended.out == expected);
  }
  const Ended lacking =
      halfopen_in(scratch, {"run", "syn.toml", "quick.toml", "--client", reference, "--link",
                            "stream", "--list", "--repeat", "3", "--trace-dir", "traces"});
  INFO(lacking.whole());
  CHECK(lacking.code == 0);
  CHECK_THAT(lacking.out,
             Contains("? unsupported: only the packet link can do this") &&
                 Contains("6 runs of 2 scenarios with 1 client, each 3 times; 3 unsupported\n"));
  CHECK_FALSE(std::filesystem::exists(scratch.path("traces")));
}

TEST_CASE("the option --watch: again after a change, a mistake, a replaced and a new file") {
  const Scratch scratch;
  std::filesystem::create_directories(scratch.path("s"));
  scratch.write("s/quick.toml", quick_scenario);
  Start start;
  start.directory = scratch.path();
  start.arguments = {"run",    "s",      "--client", reference, "--link",
                     "stream", "--json", "r.json",   "--watch"};
  Program program(start);
  std::size_t told = 0;  // up to there
  const auto says = [&](const std::string& text) {
    const auto at = [&] { return program.err().find(text, told); };
    const bool found =
        eventually([&] { return at() != std::string::npos; }, std::chrono::seconds(60));
    INFO("\"" << text << "\" in:\n" << program.err());
    REQUIRE(found);
    told = at() + text.size();
  };
  says("halfopen: exit code 0; waits for a change (Ctrl-C ends)\n");
  scratch.write("s/quick.toml", quick_scenario + "nonsense = 1\n");
  says("halfopen: changed: s/quick.toml; runs again\n");
  says("s/quick.toml:9:1: unknown key `nonsense`");
  says("halfopen: exit code 3; waits for a change");
  // As an editor saves it.
  scratch.write("s/quick.toml~", quick_scenario);
  std::filesystem::rename(scratch.path("s/quick.toml~"), scratch.path("s/quick.toml"));
  says("halfopen: changed: s/quick.toml; runs again\n");
  says("✓ pass         s/quick");
  says("halfopen: exit code 0; waits for a change");
  std::filesystem::create_directories(scratch.path("s/deep"));
  scratch.write("s/deep/new.toml", quick_scenario);
  says("halfopen: changed: s/deep/new.toml; runs again\n");
  says("halfopen: exit code 0; waits for a change");
  program.signal(SIGINT);
  const Ended ended = program.wait();
  INFO(ended.whole());
  CHECK(ended.code == 0);
  CHECK(runs_in(scratch, "r.json") == 2);
  CHECK_THAT(ended.out, !Contains("\x1b"));
}

TEST_CASE("the option --watch: ended while it runs, it ends the run and has its exit code") {
  const Scratch scratch;
  const std::string ready = scratch.path("ready");
  Start start;
  start.arguments = {"run",      scratch.write("quick.toml", quick_scenario),
                     "--client", helper("family.py " + ready + " " + ready),
                     "--link",   "stream",
                     "--watch"};
  Program program(start);
  REQUIRE(eventually([&] { return !program.err().empty() || std::ifstream(ready).good(); }));
  program.signal(GENERATE(SIGTERM, SIGUSR1));
  const Ended ended = program.wait(std::chrono::seconds(20));
  INFO(ended.whole());
  CHECK(ended.in_time);
  CHECK(ended.code == 5);
  CHECK_THAT(ended.err, Contains("interrupted; 0 of 1 runs had ended") && !Contains("waits"));
}

TEST_CASE("2: nothing is left") {
  const Scratch scratch;
  const Ended ended =
      halfopen_in(scratch, {"run", ".", "--client", reference, "--filter", "fast and syn"});
  INFO(ended.whole());
  CHECK(ended.code == 2);
  CHECK_THAT(ended.err, Contains("nothing is left"));
  CHECK(ended.out.empty());
}
