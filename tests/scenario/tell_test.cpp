// What a client is told: the usual actions have their keys, those of its own any fields.
#include <catch2/catch.hpp>
#include <string>

#include "scenario/loader.h"

using namespace halfopen;
using namespace halfopen::scenario;

namespace {

Loaded<Scenario> load(const std::string& body) {
  return load_scenario("about = \"A test.\"\n" + body + "\n[expect]\nattempts = 1\n", "x.toml");
}

std::string said_about(const std::string& step) {
  std::string said;
  for (const Diagnostic& each : load("[[attempt]]\nsteps = [" + step + "]").diagnostics)
    said += each.message + "\n";
  return said;
}

const std::string unknown_colour =
    "unknown key `colour` in a `tell` step; its keys are tell, text, times, size, code, reason, "
    "topic, where, optional, repeat\n";

}  // namespace

TEST_CASE("an action of the client's own is given any fields as they are") {
  const auto loaded = load(
      "[[attempt]]\nsteps = [{ tell = \"token\", token = \"T2\", scopes = [\"a\", 2], optional = "
      "true }]\n[[at]]\ntime = \"1s\"\ntell = \"rotate\"\nsoon = true\n"
      "[[when]]\nevent = \"open\"\ntell = \"rotate\"\nkeys = { n = 3 }");
  for (const Diagnostic& each : loaded.diagnostics) UNSCOPED_INFO(each.message);
  REQUIRE(loaded.value);
  const Scenario& scenario = *loaded.value;
  const Step& step = scenario.attempts.at(0).steps.at(0);
  CHECK(step.optional);
  CHECK(std::get<TellStep>(step.body).tell.own ==
        std::map<std::string, std::string>{{"scopes", "[\"a\",2]"}, {"token", "\"T2\""}});
  CHECK(scenario.at.at(0).tell->own.at("soon") == "true");
  CHECK(scenario.when.at(0).tell->own.at("keys") == "{\"n\":3}");
}

TEST_CASE("an action's own field may be called nearly as a usual key") {
  CHECK(said_about("{ tell = \"token\", time = 1.5, options = { fast = true } }").empty());
}

TEST_CASE("an action's own field is nothing that JSON lacks") {
  CHECK(said_about("{ tell = \"token\", since = 2026-01-01 }") ==
        "JSON has no dates and no infinite numbers: write a string\n");
}

TEST_CASE("the usual actions have no fields but their own keys") {
  CHECK(said_about("{ tell = \"connect\", colour = \"red\" }") == unknown_colour);
}
