// How many start and run at once, by what is measured; and which run begins first.
#include "io/slots.h"

#include <catch2/catch.hpp>

#include "io/expected_length.h"
#include "scenario/loader.h"

using namespace halfopen;
using namespace halfopen::io;
using namespace std::chrono_literals;

namespace {

constexpr Slots::Limits limits{.jobs = 20, .starting = 8, .most_starting = 16};

Load load(double idle, Duration late = {}, std::uint64_t memory = 50) {
  return {idle, late, memory, 100};
}

Duration length_of(const std::string& tables) {
  const std::string text = "about = \"x\"\n" + tables + "\nopens = \"1..\"";
  const auto loaded = scenario::load_scenario(text, "x.toml");
  for (const Diagnostic& each : loaded.diagnostics) UNSCOPED_INFO(render(each, text));
  REQUIRE(loaded.value);
  return expected_length(*loaded.value);
}

}  // namespace

TEST_CASE("where there is time to spare, more start at once, up to a limit") {
  Slots slots(limits);
  slots.measured(load(0.9));
  CHECK(slots.starting_limit() == 9);
  for (int i = 0; i < 50; ++i) slots.measured(load(0.9));
  CHECK(slots.starting_limit() == 16);
}

TEST_CASE("nothing starts while it is held back, not even where nothing runs") {
  Slots slots(limits);
  slots.hold_back(true);
  CHECK_FALSE(slots.may_start(1));
  slots.hold_back(false);
  CHECK(slots.may_start(1));
}

TEST_CASE("processors that are busy with nothing late bring it back to what it began with") {
  Slots slots(limits);
  for (int i = 0; i < 50; ++i) slots.measured(load(0.9));
  for (int i = 0; i < 50; ++i) slots.measured(load(0));
  CHECK(slots.starting_limit() == 8);
}

TEST_CASE("a loop that is late halves what starts, down to one") {
  Slots slots(limits);
  slots.measured(load(0.9, 15ms));
  CHECK(slots.starting_limit() == 4);
  for (int i = 0; i < 5; ++i) slots.measured(load(0.9, 15ms));
  CHECK(slots.starting_limit() == 1);
  slots.measured(load(0));
  CHECK(slots.starting_limit() == 1);  // It grows again only where there is time.
  slots.measured(load(0.9));
  CHECK(slots.starting_limit() == 2);
}

TEST_CASE("nothing starts beside others while the loop is far too late or memory is short") {
  Slots slots(limits);
  CHECK(slots.may_start(8));
  slots.starts(1);
  CHECK(slots.may_start(7));
  slots.measured(load(0.9, 150ms));
  CHECK_FALSE(slots.may_start(1));
  slots.measured(load(0.9));
  CHECK(slots.may_start(1));
  slots.measured(load(0.9, {}, 9));
  CHECK_FALSE(slots.may_start(1));
  slots.has_started(1);
  slots.has_ended(1);
  CHECK(slots.may_start(1));  // None runs: something has to go on.
}

TEST_CASE("what runs is bounded by the jobs, what starts by the limit of now") {
  Slots slots(limits);
  slots.starts(8);
  CHECK_FALSE(slots.may_start(1));
  slots.has_started(8);
  slots.starts(8);
  slots.has_started(8);
  CHECK(slots.may_start(4));
  CHECK_FALSE(slots.may_start(5));
  slots.has_ended(8);
  CHECK(slots.may_start(5));
  CHECK(slots.clamped(30) == 8);
  CHECK(slots.clamped(0) == 1);
}

TEST_CASE("a run is as long as its waits, and a little of what is left of its time") {
  CHECK(length_of("[expect]\nwithin = \"5s\"\nsettle = \"1s\"") == 2s);
  CHECK(length_of("[[attempt]]\nsteps = [{ wait = \"10s\" }]\n[expect]\nwithin = \"31s\"\nsettle "
                  "= \"1s\"") == 16s);
  CHECK(length_of("[expect]\ngives_up = true\nwithin = \"40s\"") == 40s);
  CHECK(length_of("[expect]\nattempts = 3\ngaps = \"5s..\"\nwithin = \"51s\"\nsettle = \"1s\"") ==
        21s);
}
