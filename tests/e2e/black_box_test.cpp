// Any command is a client: as it is, with reports, and with what it cannot do.
#include <catch2/catch.hpp>

#include "support/machine.h"
#include "support/program.h"
#include "support/scratch.h"

using namespace halfopen::e2e;
using Catch::Matchers::Contains;

namespace {

const std::string reports =
    "about = \"A client reports.\"\n"
    "[expect]\n"
    "settle = \"100ms\"\n"
    "within = \"10s\"\n";

Ended run(const Scratch& scratch, const std::string& scenario, const std::string& client) {
  return run_halfopen(
      {"run", scratch.write("story.toml", scenario), "--client", client, "--link", "stream"});
}

/// Prints the report, connects, and stays.
std::string reporter(const std::string& lines) {
  return "printf '" + lines + "' && exec " + helper("hostile.py reads-no-input");
}

}  // namespace

TEST_CASE("an unmodified program is judged by what it does on the wire") {
  const Scratch scratch;
  const std::string link = GENERATE("stream", "packet");
  if (link == "packet" && !has_packet_link()) return;
  // A shell command, with the address as an argument, in the middle of others.
  const std::string reference = program_file + "-reference";
  const std::string client = "test -n \"$HALFOPEN_CA\" && test {url} = \"$HALFOPEN_URL\" && exec " +
                             reference + " {url} --seed {seed} > /dev/null";
  const Ended ended = run_halfopen(
      {"run", scratch.write("quick.toml", quick_scenario), "--client", client, "--link", link});
  INFO(ended.whole());
  CHECK(ended.code == 0);
  CHECK_THAT(ended.out, Contains("2 attempts") || Contains("attempt 2"));
}

TEST_CASE("what a black box does not report is not judged, and that is said") {
  const Scratch scratch;
  const Ended ended = run(scratch, quick_scenario + "client = { close = { code = 1006 } }\n",
                          program_file + "-reference {url} > /dev/null");
  INFO(ended.whole());
  CHECK(ended.code == 0);
  CHECK_THAT(ended.out, Contains("not judged") && Contains("the client reports no events"));
}

TEST_CASE("what a command reports once it has said that it is open is judged") {
  const Scratch scratch;
  const std::string scenario = reports + "client = { close = { code = 1006 } }\n";
  const Ended good = run(
      scratch, scenario,
      reporter("{\"event\":\"open\"}\\n{\"event\":\"close\",\"code\":1006,\"clean\":false}\\n"));
  INFO(good.whole());
  CHECK(good.code == 0);
  CHECK_THAT(good.out, !Contains("not judged"));
  const Ended bad = run(scratch, scenario,
                        reporter("{\"event\":\"open\"}\\n{\"event\":\"close\",\"code\":1000}\\n"));
  INFO(bad.whole());
  CHECK(bad.code == 1);
  CHECK_THAT(bad.out, Contains("1000"));
}

TEST_CASE("a command that has reported is waited for") {
  const Scratch scratch;
  const Ended ended = run(
      scratch, quick_scenario + "client = { goodbye = true }\n",
      "printf '{\"event\":\"hello\"}\\n'; (sleep 3; printf '{\"event\":\"goodbye\"}\\n') & exec " +
          program_file + "-reference {url} > /dev/null");
  INFO(ended.whole());
  CHECK(ended.code == 0);
}

TEST_CASE("its exit code and its output are judged") {
  const Scratch scratch;
  const std::string scenario =
      "about = \"A client that gives in.\"\n"
      "[expect]\n"
      "attempts = 0\n"
      "within = \"20s\"\n"
      "client = { exit = 3, output = \"no[t ]+today\" }\n";
  const Ended good = run(scratch, scenario, "echo not today >&2; exit 3");
  INFO(good.whole());
  CHECK(good.code == 0);
  const Ended bad = run(scratch, scenario, "echo tomorrow; exit 4");
  INFO(bad.whole());
  CHECK(bad.code == 1);
  CHECK_THAT(bad.out, Contains("exit_code") && Contains("output"));
}

TEST_CASE("a client that is not able to obey cannot play a scenario that tells it something") {
  const Scratch scratch;
  const std::string scenario =
      "about = \"The application wants to close.\"\n"
      "[[attempt]]\n"
      "steps = [{ tell = \"close\" }, { expect_close = 1000 }]\n"
      "[expect]\n"
      "attempts = 1\n"
      "within = \"6s\"\n";
  const Ended black_box = run(scratch, scenario, program_file + "-reference {url}");
  INFO(black_box.whole());
  CHECK(black_box.code == 4);
  CHECK_THAT(black_box.out,
             Contains("? unsupported") && Contains("close") && Contains("client.toml"));
  const Ended adapter = run(scratch, scenario, source_folder + "/clients/reference");
  INFO(adapter.whole());
  CHECK(adapter.code == 0);
  CHECK_THAT(adapter.out, Contains("✓ pass"));
}

TEST_CASE("a client.toml beside the scenario, by its bare name") {
  const Scratch scratch;
  scratch.write("quick.toml", quick_scenario);
  scratch.write("client.toml",
                "name = \"mine\"\n"
                "about = \"The reference by another name.\"\n"
                "command = [\"" +
                    program_file +
                    "-reference\", \"{url}\"]\n"
                    "can = [\"reports\"]\n");
  Start start;
  start.directory = scratch.path();
  start.arguments = {"run",      "quick.toml",
                     "--client", GENERATE("client.toml", ".", "./client.toml"),
                     "--link",   "stream"};
  const Ended ended = run_program(start);
  INFO(ended.whole());
  CHECK(ended.code == 0);
  CHECK_THAT(ended.err, Contains("mine"));
}
