// `halfopen mutants --only` and `--all`: a mutant must fail the scenarios that name it, and no
// other.
#include <catch2/catch.hpp>
#include <fstream>

#include "support/program.h"
#include "support/scratch.h"

using namespace halfopen::e2e;
using Catch::Matchers::Contains;

namespace {

std::string wants_a_second_attempt(const std::string& mutants) {
  return "about = \"The first connection is reset.\"\nmutants = [" + mutants +
         "]\n[[attempt]]\nsteps = [{ drop = \"reset\" }]\n"
         "[expect]\nattempts = 2\nwithin = \"3s\"\n";
}

Ended run_only(const std::string& mutant, const std::string& scenario) {
  return run_halfopen({"mutants", scenario, "--client", source_folder + "/clients/reference",
                       "--link", "stream", "--only", mutant});
}

}  // namespace

TEST_CASE("a mutant that fails a scenario which names it is as it should be") {
  const Scratch scratch;
  const Ended ended = run_only(
      "never-retries", scratch.write("named.toml", wants_a_second_attempt("\"never-retries\"")));
  INFO(ended.whole());
  CHECK(ended.code == 0);
  CHECK_THAT(ended.out, Contains("1 mutants: 1 failed as they must, 0 undecided, 0 did not fail"));
}

TEST_CASE("a mutant that fails a scenario which does not name it is told") {
  const Scratch scratch;
  const Ended ended =
      run_only("never-retries", scratch.write("unnamed.toml", wants_a_second_attempt("")));
  INFO(ended.whole());
  CHECK(ended.code == 1);
  CHECK_THAT(ended.out, Contains("not named, and failed") &&
                            Contains("1 failed a scenario that does not name them"));
}

TEST_CASE("a mutant that passes where it is not named is left alone") {
  const Scratch scratch;
  const Ended ended =
      run_only("no-pong", scratch.write("unnamed.toml", wants_a_second_attempt("")));
  INFO(ended.whole());
  CHECK(ended.code == 0);
  CHECK_THAT(ended.out, !Contains("not named"));
}

TEST_CASE("a mutant may fail by chance where it is not named") {
  const Scratch scratch;
  std::string story = wants_a_second_attempt("");
  story.replace(story.find("\"reset\""), 7, "\"reset\", chance = \"99%\"");
  const Ended ended = run_only("never-retries", scratch.write("coins.toml", story));
  INFO(ended.whole());
  CHECK(ended.code == 0);
  CHECK_THAT(ended.out, !Contains("not named"));
}

TEST_CASE("a mutant that there is not is a mistake of the command line") {
  const Scratch scratch;
  const Ended ended =
      run_only("never-retires", scratch.write("one.toml", wants_a_second_attempt("")));
  INFO(ended.whole());
  CHECK(ended.code == 2);
  CHECK_THAT(ended.err, Contains("--only"));
}

TEST_CASE("mutants of two clients at once are a mistake of the command line") {
  const Scratch scratch;
  const std::string story = scratch.write("one.toml", wants_a_second_attempt(""));
  const Ended ended = run_halfopen({"mutants", story, "--client", "clients/reference", "--client",
                                    "clients/ws", "--link", "stream"});
  INFO(ended.whole());
  CHECK(ended.code == 2);
  CHECK_THAT(ended.err, Contains("--client"));
}

TEST_CASE("mutants --all runs every one that the client has") {
  const Scratch scratch;
  const std::string client = scratch.write(
      "client.toml",
      "name = \"gone\"\nabout = \"Ends at once.\"\ncommand = [\"true\", \"{url}\"]\n");
  const std::string story =
      scratch.write("named.toml", wants_a_second_attempt("\"first\", \"second\""));
  const auto run_all = [&] {
    return run_halfopen({"mutants", story, "--client", client, "--link", "stream", "--all"});
  };
  const Ended none = run_all();
  INFO(none.whole());
  CHECK(none.code == 2);
  CHECK_THAT(none.err, Contains("[variants]"));

  std::ofstream(client, std::ios::app)
      << "[variants]\nfirst = { arguments = [\"1\"] }\nsecond = { arguments = [\"2\"] }\n";
  const Ended ended = run_all();
  INFO(ended.whole());
  CHECK(ended.code == 0);
  CHECK_THAT(ended.out, Contains("2 mutants: 2 failed as they must, 0 undecided, 0 did not fail"));
}
