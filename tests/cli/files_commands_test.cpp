// `halfopen check`, `list` and `explain`: what they print and how they exit, whole.
#include <catch2/catch.hpp>
#include <string>

#include "cli/captured.h"
#include "cli/commands.h"
#include "support/places.h"

using namespace halfopen;
using namespace halfopen::tests;

namespace {

const std::string world = tests::in_tree("tests/cli/world");

/// The mistake in clients/ours/expected.toml.
const std::string slip =
    "clients/ours/expected.toml:2:1: there is no scenario `good/rest`; did you mean "
    "`good/reset`?\n"
    "    \"good/rest\" = { verdict = \"fail\", why = \"a slip\" }\n"
    "    ^\n";

Captured check(const std::vector<std::string>& paths, const std::string& folder = world) {
  std::vector<std::string> words{"check"};
  words.insert(words.end(), paths.begin(), paths.end());
  return run_command(cli::add_check, words, folder);
}
Captured list(std::vector<std::string> words) {
  words.insert(words.begin(), "list");
  return run_command(cli::add_list, words, world);
}
Captured explain(const std::string& named) {
  return run_command(cli::add_explain, {"explain", named}, world);
}

}  // namespace

TEST_CASE("check: files without mistakes") {
  const Captured ran = check({"scenarios/good"});
  CHECK(ran.exit_code == cli::all_passed);
  CHECK(ran.out == "2 files checked, no mistakes\n");
  CHECK(ran.err.empty());
}

TEST_CASE("check: every mistake of every file, of clients too, and a missing file") {
  const Captured ran = check({"scenarios", "clients", "scenarios/none.toml"});
  CHECK(ran.exit_code == cli::bad_scenario);
  CHECK(ran.out == "5 files checked, 5 mistakes\n");
  CHECK(ran.err ==
        "looking for the scenario scenarios/none.toml: there is no such file or folder, nor one of "
        "that name below scenarios/\n"
        "scenarios/bad/typos.toml:4:1: unknown key `prot` in [[attempt]]; did you mean `port`?\n"
        "    prot = \"closed\"\n"
        "    ^\n"
        "scenarios/bad/typos.toml:8:10: `within`: `30` is not a duration: write a number with its "
        "unit (us, ms, s, m or h), like \"250ms\" or \"1m30s\"\n"
        "    within = \"30\"\n"
        "             ^\n"
        "clients/ours/client.toml:1:1: unknown key `comand` in client.toml; did you mean "
        "`command`?\n"
        "    comand = [\"node\", \"x.mjs\"]\n"
        "    ^\n" +
            slip);
}

TEST_CASE("check: an expected.toml names scenarios that there are, however it is found") {
  for (const char* path : {"clients/ours/expected.toml", "clients/ours"}) {
    const Captured ran = check({path});
    CHECK(ran.exit_code == cli::bad_scenario);
    CHECK(ran.err.ends_with(slip));
  }
  CHECK(check({"clients/ours/client.toml"}).out == "2 files checked, 2 mistakes\n");
  // One that is kept elsewhere is known where it is given, too.
  CHECK(check({"theirs"}).err ==
        "theirs/expected.toml:1:1: there is no scenario `more/own` below scenarios/ or "
        "beside those given\n"
        "    \"more/own\" = { verdict = \"fail\", why = \"its own curve\" }\n"
        "    ^\n");
  CHECK(check({"theirs", "more"}).out == "3 files checked, no mistakes\n");
}

TEST_CASE("check: a scenario by its name, and everything below scenarios by default") {
  CHECK(check({"good/reset"}).out == "1 file checked, no mistakes\n");
  CHECK(check({}).out == "3 files checked, 2 mistakes\n");
}

TEST_CASE("check: the shipped scenarios and clients have no mistakes") {
  const Captured ran = check({"scenarios", "clients"}, tests::in_tree());
  CHECK(ran.exit_code == cli::all_passed);
  CHECK(ran.err.empty());
}

TEST_CASE("list: name, what it is about, tags") {
  const Captured ran = list({"good"});
  CHECK(ran.exit_code == cli::all_passed);
  CHECK(ran.out ==
        "good/quiet  Nothing happens.\n"
        "good/reset  The server resets the connection.  [drops, reconnect]\n");
}

TEST_CASE("list: only what fits") {
  const Captured ran = list({"scenarios/good", "--filter", "not quiet and not good/quiet"});
  CHECK(ran.exit_code == cli::all_passed);
  CHECK_THAT(ran.out, Catch::StartsWith("good/reset  "));
  CHECK(list({"scenarios/good", "--filter", "good and not good/*"}).exit_code == cli::usage);
}

TEST_CASE("list: a scenario with mistakes is named, not listed") {
  const Captured ran = list({});
  CHECK(ran.exit_code == cli::bad_scenario);
  CHECK(ran.err ==
        "scenarios/bad/typos.toml: not listed, it has mistakes: see `halfopen check "
        "scenarios/bad/typos.toml`\n");
  CHECK(ran.out.find("good/quiet") == 0);
}

TEST_CASE("explain: the story of a scenario") {
  const Captured ran = explain("good/reset");
  CHECK(ran.exit_code == cli::all_passed);
  CHECK(ran.out ==
        "good/reset: The server resets the connection.\n"
        "\n"
        "The client connects to ws://server.test/.\n"
        "The link: perfect.\n"
        "\n"
        "Times of steps are from the opening of their connection.\n"
        "┌ Attempt 1: the connection is accepted; the handshake is answered correctly. Then:\n"
        "│        0s  1. send \"welcome\"\n"
        "│        0s  2. drop: reset\n"
        "└\n"
        "─ Every attempt from number 2: it is accepted, and every message is echoed.\n"
        "\n"
        "Expected:\n"
        "  - 2 attempts\n"
        "  - the last connection lives for 3s\n"
        "  - all of it within 30s\n");
}

TEST_CASE("explain: a file with mistakes, or none at all") {
  CHECK(explain("bad/typos").exit_code == cli::bad_scenario);
  CHECK(explain("bad/typos").err.find("scenarios/bad/typos.toml:4:1: unknown key") == 0);
  CHECK(explain("good/rset").err ==
        "looking for the scenario good/rset: there is no such file or folder, nor one of that name "
        "below scenarios/; did you mean `good/reset`?\n");
}
