// The exit codes of `halfopen run`, and what it says with each.
#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "support/machine.h"
#include "support/program.h"
#include "support/scratch.h"

using namespace halfopen::e2e;
using Catch::Matchers::Contains;

namespace {

const std::string reference = source_folder + "/clients/reference";

/// `halfopen run quick.toml …` on the stream link, which every machine has.
Ended run_quick(const Scratch& scratch, const std::string& client,
                std::vector<std::string> more = {}) {
  std::vector<std::string> arguments{
      "run", scratch.write("quick.toml", quick_scenario), "--client", client, "--link", "stream"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return run_halfopen(arguments);
}

/// A command that executes the rest of its arguments with its streams set up by that shell text.
std::vector<std::string> with_streams(const std::string& redirection) {
  return {"sh", "-c", "exec \"$@\" " + redirection, "sh"};
}

/// A client that waits until it is told to go, and then some.
std::string stubborn(const std::string& ready) {
  return "trap '' TERM; touch " + ready + "; sleep 1000 & wait; sleep 1000";
}

}  // namespace

TEST_CASE("0: all passed") {
  const Scratch scratch;
  const Ended ended = run_quick(scratch, reference);
  INFO(ended.whole());
  CHECK(ended.code == 0);
  CHECK_THAT(ended.out, Contains("✓ pass"));
}

TEST_CASE("1: something failed, and the failure says what, where and how to repeat it") {
  const Scratch scratch;
  const Ended ended = run_quick(scratch, reference + "@dies-on-reset", {"--seed", "7"});
  INFO(ended.whole());
  CHECK(ended.code == 1);
  CHECK_THAT(ended.out, Contains("✕ fail") && Contains("it died of SIGABRT"));
  CHECK_THAT(ended.out, Contains("replay: halfopen run " + scratch.path("quick.toml")) &&
                            Contains("reference/client.toml@dies-on-reset --seed 7 --link stream"));
}

TEST_CASE("2: the command line makes no sense") {
  const Scratch scratch;
  const std::string quick = scratch.write("quick.toml", quick_scenario);
  struct Mistake {
    std::vector<std::string> arguments;
    std::string why;
  };
  const std::vector<Mistake> mistakes{
      {{}, "subcommand"},
      {{"frobnicate"}, "subcommand"},
      {{"run", quick}, "--client is required"},
      {{"run", quick, "--client", "true", "--colour"}, "--colour"},
      {{"run", quick, "--client", "true", "--link", "carrier-pigeon"}, "carrier-pigeon"},
      {{"run", quick, "--client", "true", "--jobs", "-1"}, "--jobs"},
      {{"run", quick, "--client", "true", "--seed", "x"}, "--seed"},
      {{"run", quick, "--client", ""}, "it is empty"},
      {{"run", quick, "--client", reference + "@no-dely"}, "did you mean `no-delay`?"},
      {{"run", quick, "--client", source_folder + "/scenarios"}, "no client.toml"},
      {{"judge", "nowhere.jsonl"}, "nowhere.jsonl"},
  };
  for (const Mistake& mistake : mistakes) {
    const Ended ended = run_halfopen(mistake.arguments);
    INFO(ended.whole());
    CHECK(ended.code == 2);
    CHECK_THAT(ended.err, Contains(mistake.why));
    CHECK(ended.out.empty());
  }
}

TEST_CASE("3: a scenario with mistakes is not run; every mistake is shown with its place") {
  const Scratch scratch;
  scratch.write("bad.toml",
                "about = \"Two mistakes.\"\n"
                "[[attempt]]\n"
                "prot = \"closed\"\n"
                "[expect]\n"
                "attempts = 2\n"
                "within = \"30\"\n");
  scratch.write("quick.toml", quick_scenario);
  Start start;
  start.directory = scratch.path();
  start.arguments = {"run", "quick.toml", "bad.toml", "--client", reference};
  const Ended ended = run_program(start);
  INFO(ended.whole());
  CHECK(ended.code == 3);
  CHECK(ended.out.empty());
  CHECK(ended.err ==
        "bad.toml:3:1: unknown key `prot` in [[attempt]]; did you mean `port`?\n"
        "    prot = \"closed\"\n"
        "    ^\n"
        "bad.toml:6:10: `within`: `30` is not a duration: write a number with its unit (us, ms, s, "
        "m or h), like \"250ms\" or \"1m30s\"\n"
        "    within = \"30\"\n"
        "             ^\n");
}

TEST_CASE("3: an expected.toml names a scenario that there is not, which `check` and `run` say") {
  const Scratch scratch;
  scratch.write("mine/quick.toml", quick_scenario);
  scratch.write("client/client.toml", "name = \"mine\"\nabout = \"Mine.\"\ncommand = [\"true\"]\n");
  scratch.write("client/expected.toml",
                "\"mine/quick\" = { verdict = \"fail\", why = \"never retries\" }\n"
                "\"mine/qick\" = { verdict = \"fail\", why = \"a slip\" }\n");
  const std::string said =
      "client/expected.toml:2:1: there is no scenario `mine/qick`; did you mean `mine/quick`?\n"
      "    \"mine/qick\" = { verdict = \"fail\", why = \"a slip\" }\n"
      "    ^\n";
  Start start;
  start.directory = scratch.path();
  start.arguments = {"check", "client", "mine"};
  const Ended checked = run_program(start);
  INFO(checked.whole());
  CHECK(checked.code == 3);
  CHECK(checked.err == said);
  CHECK(checked.out == "3 files checked, 1 mistake\n");
  start.arguments = {"run", "mine", "--client", "client", "--expected"};
  const Ended ran = run_program(start);
  INFO(ran.whole());
  CHECK(ran.code == 2);
  CHECK_THAT(ran.err, Contains("there is no scenario `mine/qick`; did you mean `mine/quick`?"));
}

TEST_CASE("3: a scenario that does not exist") {
  const Ended ended = run_halfopen({"run", "drops/rset", "--client", reference});
  INFO(ended.whole());
  CHECK(ended.code == 3);
  CHECK_THAT(ended.err, Contains("did you mean `drops/reset`?"));
}

TEST_CASE("3: a client that cannot be started is an error that names it") {
  const Scratch scratch;
  const std::string link = GENERATE("stream", "auto");
  const Ended ended = run_halfopen({"run", scratch.write("quick.toml", quick_scenario), "--client",
                                    "no-such-command --url {url}", "--link", link});
  INFO(ended.whole());
  CHECK(ended.code == 3);
  CHECK_THAT(ended.out, Contains("! error: the client's command was not found (exit code 127)"));
  CHECK_THAT(ended.out, Contains("no-such-command"));
}

TEST_CASE("4: what was not decided, only where --require-all asks for it") {
  const Scratch scratch;
  const std::string scenario = scratch.write("syn.toml", packet_scenario);
  const Ended easy = run_halfopen({"run", scenario, "--client", reference, "--link", "stream"});
  INFO(easy.whole());
  CHECK(easy.code == 4);  // Nothing was judged.
  CHECK_THAT(easy.out, Contains("? unsupported: only the packet link can do this"));
  const Ended strict =
      run_halfopen({"run", scenario, "--client", reference, "--link", "stream", "--require-all"});
  CHECK(strict.code == 4);
}

TEST_CASE("4: among many runs the reason and the remedy are not lost") {
  const Scratch scratch;
  const Ended ended =
      run_quick(scratch, reference, {scratch.write("syn.toml", packet_scenario), "--require-all"});
  INFO(ended.whole());
  CHECK(ended.code == 4);
  CHECK_THAT(ended.out, Contains("only the packet link can do this"));
  CHECK_THAT(ended.out,
             Contains("--link packet") || Contains("run as root") || Contains("--privileged"));
}

TEST_CASE("4: nothing was judged, also where that is as expected") {
  const Scratch scratch;
  const Ended ended = run_halfopen({"run", scratch.write("syn.toml", packet_scenario), "--client",
                                    reference, "--link", "stream", "--expected"});
  INFO(ended.whole());
  CHECK(ended.code == 4);
  CHECK_THAT(ended.out, !Contains("as expected"));
}

TEST_CASE("4: a program that the client needs is not there") {
  const Scratch scratch;
  scratch.write("client.toml",
                "name = \"needy\"\nabout = \"Needs what is not there.\"\n"
                "command = [\"true\"]\nneeds = [\"sh\", \"no-such-program\"]\n"
                "install = [\"sh\", \"-c\", \"exit 7\"]\n");
  const Ended ended = run_quick(scratch, scratch.path("client.toml"));
  INFO(ended.whole());
  CHECK(ended.code == 4);  // Nor is it installed.
  CHECK_THAT(ended.out, Contains("? unsupported") && Contains("no-such-program"));
}

TEST_CASE("4: mutants of which none could be judged") {
  const Scratch scratch;
  const std::string story =
      scratch.write("syn.toml", "mutants = [\"never-retries\"]\n" + std::string(packet_scenario));
  const Ended ended = run_halfopen({"mutants", story, "--client", reference, "--link", "stream"});
  INFO(ended.whole());
  CHECK(ended.code == 4);
}

TEST_CASE("3: a client that cannot be installed") {
  const Scratch scratch;
  scratch.write("client.toml",
                "name = \"broken\"\nabout = \"Cannot be installed.\"\n"
                "command = [\"true\"]\ninstall = [\"sh\", \"-c\", \"exit 7\"]\n");
  const std::string command = GENERATE("run", "mutants");
  const Ended ended = run_halfopen({command, scratch.write("quick.toml", quick_scenario),
                                    "--client", scratch.path("client.toml")});
  INFO(ended.whole());
  CHECK(ended.code == 3);
  CHECK_THAT(ended.err, Contains("install the client `broken` (sh -c exit 7): it failed"));
}

TEST_CASE("0: scenarios may stand behind --client, and a client's name alone is found") {
  const Scratch scratch;
  const Ended ended = run_halfopen({"run", "--link", "stream", "--client", "reference",
                                    scratch.write("quick.toml", quick_scenario)});
  INFO(ended.whole());
  CHECK(ended.code == 0);
  CHECK_THAT(ended.err, Contains("--client reference: taken as clients/reference"));
}

TEST_CASE("0: a build that is not installed finds what is shipped from any folder") {
  const Scratch scratch;
  Start start;
  start.directory = scratch.path();
  start.arguments = {"explain", "drops/reset"};
  const Ended ended = run_program(start);
  INFO(ended.whole());
  CHECK(ended.code == 0);
}

TEST_CASE("5: what was printed could not be written") {
  const Scratch scratch;
  Start start;
  start.through = with_streams("> /dev/full");
  const std::vector<std::string> judged{"run",      scratch.write("quick.toml", quick_scenario),
                                        "--client", reference,
                                        "--link",   "stream",
                                        "--json",   scratch.path("r.json")};
  const std::vector<std::vector<std::string>> commands{
      {"faults", "reset"}, {"list"}, {"--help"}, judged};
  start.arguments =
      commands[GENERATE(std::size_t{0}, std::size_t{1}, std::size_t{2}, std::size_t{3})];
  const Ended ended = run_program(start);
  INFO(ended.whole());
  CHECK(ended.code == 5);
  CHECK_THAT(ended.err, Contains("No space left on device"));
  if (start.arguments[0] == "run") CHECK(scratch.json("r.json")["runs"].size() == 1);
}

TEST_CASE("5: a limit of file sizes is as good as a full disk") {
  const Scratch scratch;
  const std::vector<std::string> judged{"run",      scratch.write("quick.toml", quick_scenario),
                                        "--client", reference,
                                        "--link",   "stream",
                                        "--json",   scratch.path("r.json")};
  Start start;
  start.through = with_streams("> " + scratch.path("out"));
  start.through.insert(start.through.begin(), {"prlimit", "--fsize=1000"});
  start.arguments = GENERATE(true, false) ? judged : std::vector<std::string>{"faults"};
  const Ended ended = run_program(start);
  INFO(ended.whole());
  CHECK(ended.code == 5);
  CHECK_THAT(ended.err, Contains("File too large"));
}

TEST_CASE("0: standard error that is closed or full stops nothing") {
  const Scratch scratch;
  Start start;
  start.through = with_streams(GENERATE("2>&-", "2> /dev/full", "<&- 2>&-"));
  start.arguments = {"run",      scratch.write("quick.toml", quick_scenario),
                     "--client", reference,
                     "--client", reference,
                     "--link",   "stream",
                     "--json",   scratch.path("r.json")};
  const Ended ended = run_program(start);
  INFO(ended.whole());
  CHECK(ended.code == 0);
  CHECK(scratch.json("r.json")["runs"].size() == 2);
}

TEST_CASE("5: a temporary folder in which nothing can be made") {
  const Scratch scratch;
  Start start;
  start.environment = {{"TMPDIR", "/proc"}};
  start.arguments = {"run",      scratch.write("quick.toml", quick_scenario),
                     "--client", reference,
                     "--link",   "stream"};
  const Ended ended = run_program(start);
  INFO(ended.whole());
  CHECK(ended.code == 5);
  CHECK_THAT(ended.err, Contains("make a temporary folder"));
}

TEST_CASE("0: names of scenarios and clients may be longer than those of files") {
  const Scratch scratch;
  std::string deep = "scenarios";
  for (int level = 0; level < 3; ++level) deep += "/" + std::string(120, 'd');
  const std::string file = scratch.write(deep + "/quick.toml", quick_scenario);
  Start start;
  start.directory = scratch.path();
  start.arguments = {"run",    "scenarios", "--client",    reference,
                     "--link", "stream",    "--trace-dir", "traces"};
  const Ended ended = run_program(start);
  INFO(ended.whole());
  CHECK(ended.code == 0);
  for (const auto& entry : std::filesystem::directory_iterator(scratch.path("traces")))
    CHECK(entry.path().extension() == ".jsonl");
}

TEST_CASE("5: a report that cannot be written") {
  const Scratch scratch;
  const Ended ended = run_quick(scratch, reference, {"--json", "/proc/nowhere/report.json"});
  INFO(ended.whole());
  CHECK(ended.code == 5);
  CHECK_THAT(ended.err, Contains("write `/proc/nowhere/report.json`"));
}

TEST_CASE("5: a report that cannot be written costs no run, and no older report") {
  const Scratch scratch;
  const std::string old = scratch.write("old.xml", "an older report");
  const Ended ended =
      run_quick(scratch, reference, {"--junit", old, "--json", "/proc/nowhere/report.json"});
  INFO(ended.whole());
  CHECK(ended.code == 5);
  CHECK(ended.out.empty());
  CHECK(scratch.read("old.xml") == "an older report");
}

TEST_CASE("5: interrupted, which ends the clients and is said") {
  const Scratch scratch;
  const std::string ready = scratch.path("ready");
  const int number = GENERATE(SIGINT, SIGTERM, SIGHUP, SIGXCPU, SIGALRM, SIGUSR1);
  Start start;
  start.arguments = {"run",      scratch.write("quick.toml", quick_scenario),
                     "--client", helper("family.py " + ready + " " + ready),
                     "--link",   "stream"};
  Program program(start);
  REQUIRE(eventually([&] { return !program.err().empty() || std::ifstream(ready).good(); }));
  program.signal(number);
  const Ended ended = program.wait(std::chrono::seconds(20));
  INFO(ended.whole());
  CHECK(ended.in_time);
  CHECK(ended.code == 5);
  CHECK_THAT(ended.err, Contains("interrupted; 0 of 1 runs had ended"));
}

TEST_CASE("5: a second signal ends it at once, whatever the client does") {
  const Scratch scratch;
  const std::string ready = scratch.path("ready");
  Start start;
  start.arguments = {"run",      scratch.write("quick.toml", quick_scenario),
                     "--client", stubborn(ready),
                     "--link",   "stream"};
  Program program(start);
  REQUIRE(eventually([&] { return std::ifstream(ready).good(); }));
  program.signal(SIGTERM);
  std::this_thread::sleep_for(std::chrono::milliseconds(200));  // two at once are one
  const auto before = std::chrono::steady_clock::now();
  program.signal(SIGTERM);
  const Ended ended = program.wait(std::chrono::seconds(20));
  INFO(ended.whole());
  CHECK(ended.code == 5);
  // A grace of two seconds is what the first one gives to the client.
  CHECK(std::chrono::steady_clock::now() - before < std::chrono::milliseconds(1500));
}

TEST_CASE("0: twenty runs at once") {
  const Scratch scratch;
  std::vector<std::string> more{"--quiet"};
  for (int i = 0; i < 19; ++i) {
    more.emplace_back("--client");
    more.push_back(reference);
  }
  const Ended ended = run_quick(scratch, reference, more);
  INFO(ended.whole());
  CHECK(ended.code == 0);
  CHECK_THAT(ended.out, Contains("20 runs: 20 pass\n"));
}
