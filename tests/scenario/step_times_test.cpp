// When the steps of an attempt come, as far as the scenario says.
#include "scenario/step_times.h"

#include <catch2/catch.hpp>
#include <string>

#include "base/units.h"
#include "loaded.h"

using namespace halfopen;
using namespace halfopen::scenario;
using namespace std::chrono_literals;

namespace {

std::string times_of(const std::string& steps) {
  const Scenario scenario = load("[[attempt]]\nsteps = [" + steps + "]");
  std::string out;
  for (const StepTime& time : step_times(scenario.attempts.at(0).steps)) {
    out += format(time.earliest) + "..";
    if (time.latest) out += format(*time.latest);
    out += " ";
  }
  return out;
}

}  // namespace

TEST_CASE("a wait moves all that follows, and what waits for the client does so at most") {
  CHECK(times_of("{ send = \"a\" }, { wait = \"300ms\" }, { expect = \"b\", within = \"2s\" }, "
                 "{ wait = \"1s\" }, { drop = \"reset\" }") ==
        "0s..0s 300ms..300ms 300ms..2.3s 1.3s..3.3s 1.3s..3.3s ");
}

TEST_CASE("a moment is waited for") {
  CHECK(times_of("{ wait = \"1s\" }, { close = 1001, after = \"5s\" }") == "1s..1s 5s..5s ");
  CHECK(times_of("{ wait = \"6s\" }, { close = 1001, after = \"5s\" }") == "6s..6s 6s..6s ");
  CHECK(times_of("{ wait = \"1s\" }, { drop = \"fin\", after = \"3 messages\" }") ==
        "1s..1s 1s.. ");
}

TEST_CASE("what is done several times takes several times as long") {
  CHECK(times_of("{ wait = \"1s\", repeat = 3 }, { send = \"a\", times = 4, every = \"100ms\" }, "
                 "{ send = \"b\" }") == "3s..3s 3s..3s 3.3s..3.3s ");
  Step step;
  step.body = WaitStep{std::chrono::hours(8000)};
  step.repeat = 1'000'000;
  CHECK(step_times({step, step}).at(1).earliest == forever);
}
