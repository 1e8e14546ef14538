// The command line as a whole: what it says of slips, and what it tells of itself.
#include "cli/command_line.h"

#include <catch2/catch.hpp>
#include <cctype>
#include <sstream>

#include "cli/captured.h"
#include "cli/commands.h"
#include "support/places.h"

using namespace halfopen;
using namespace halfopen::tests;

namespace {

constexpr AddCommand commands[] = {cli::add_run,    cli::add_mutants, cli::add_check,
                                   cli::add_list,   cli::add_explain, cli::add_faults,
                                   cli::add_schema, cli::add_judge,   cli::add_report,
                                   cli::add_merge,  cli::add_why};

void add_all(cli::CommandLine& line) {
  for (const AddCommand add : commands) add(line);
}

Captured halfopen_with(const std::vector<std::string>& words) {
  return run_command(add_all, words, tests::in_tree("tests/cli/world"));
}

std::string mistake(const std::vector<std::string>& words) {
  const Captured ran = halfopen_with(words);
  CHECK(ran.exit_code == cli::usage);
  CHECK(ran.out.empty());
  return ran.err;
}

constexpr const char* more = "\nRun with --help for more information.\n";

/// The names of the subcommands, from the help.
std::vector<std::string> subcommands() {
  std::istringstream help(halfopen_with({"--help"}).out);
  std::vector<std::string> names;
  bool there = false;
  for (std::string line; std::getline(help, line);) {
    if (there && line.starts_with("  ")) names.push_back(line.substr(2, line.find(' ', 2) - 2));
    there = there || line == "Subcommands:";
  }
  return names;
}

/// "Runs scenarios", as somebody tells what it does.
bool is_in_third_person(const std::string& about) {
  const std::string verb = about.substr(0, about.find(' '));
  return !verb.empty() && std::isupper(static_cast<unsigned char>(verb[0])) != 0 &&
         verb.ends_with('s');
}

}  // namespace

TEST_CASE("a subcommand that there is not") {
  CHECK(mistake({"rn"}) == std::string("there is no subcommand `rn`; did you mean `run`?") + more);
  CHECK(mistake({"frobnicate", "x"}) ==
        std::string("there is no subcommand `frobnicate`; there are: run, mutants, check, list, "
                    "explain, faults, schema, judge, report, merge, why") +
            more);
  CHECK(mistake({}) == std::string("A subcommand is required") + more);
}

TEST_CASE("an option that there is not") {
  CHECK(mistake({"run", "good", "--client", "true", "--sede=4"}) ==
        std::string("there is no option `--sede` of run; did you mean `--seed`?") + more);
  CHECK(mistake({"run", "--clinet", "true"}) ==
        std::string("there is no option `--clinet` of run; did you mean `--client`?") + more);
  CHECK(mistake({"judge", "--jsn"}) ==
        std::string("there is no option `--jsn` of judge; did you mean `--json`?") + more);
  CHECK(mistake({"list", "-x"}) == std::string("there is no option `-x` of list") + more);
  CHECK(mistake({"--verson"}) ==
        std::string("there is no option `--verson`; did you mean `--version`?") + more);
}

TEST_CASE("the value of an option is no option") {
  CHECK(mistake({"run", "good", "--client", "--sed", "--link", "x"}).starts_with("--link: "));
}

TEST_CASE("a seed, a client and a scenario that there are not") {
  CHECK(mistake({"run", "good/reset", "--client", "true", "--seed", "abc"}) ==
        std::string("--seed: `abc` is no seed: give a whole number (each is another course of "
                    "chance), or `random`; how often each run is made is --repeat") +
            more);
  CHECK_THAT(mistake({"run", "good/reset"}), Catch::StartsWith("--client is required: "));
  CHECK_THAT(mistake({"run", "good/reset", "--client", "clients/our"}),
             Catch::Contains("did you mean `clients/ours`?"));
  CHECK_THAT(mistake({"run", "good/reset", "--client", "true", "--until-fail"}),
             Catch::StartsWith("--until-fail: say how often at most: --repeat N"));
  CHECK_THAT(halfopen_with({"explain", "scenarios/good/rest.toml"}).err,
             Catch::Contains("did you mean `good/reset`?"));
  CHECK_THAT(halfopen_with({"list", "godo"}).err, Catch::Contains("did you mean `good`?"));
}

TEST_CASE("every subcommand and every option says in a line what it does") {
  const std::vector<std::string> names = subcommands();
  REQUIRE(names.size() == std::size(commands));
  for (const std::string& name : names) {
    std::istringstream help(halfopen_with({name, "--help"}).out);
    std::string line;
    std::getline(help, line);
    CAPTURE(name, line);
    CHECK(is_in_third_person(line));
    bool there = false;
    while (std::getline(help, line)) {
      CAPTURE(line);
      if (line == "Positionals:" || line == "Options:") there = true;
      if (!there || !line.starts_with("  ")) continue;
      // The names; then, in its column or on the next line, what it does.
      if (line.size() <= 30 || line.find_first_not_of(' ') > 2 || line[29] != ' ') {
        if (line.find_first_not_of(' ') == 2) REQUIRE(std::getline(help, line));
      }
      REQUIRE(line.size() > 30);
      CHECK(is_in_third_person(line.substr(30)));
    }
  }
}
