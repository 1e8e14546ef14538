// What `halfopen new` writes: for every fault a scenario that has no mistakes.
#include "scenario/new_scenario.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "base/error.h"
#include "scenario/loader.h"

using namespace halfopen;
using namespace halfopen::scenario;

namespace {

Scenario loaded(const NewScenario& wanted) {
  const std::string text = write_scenario(wanted);
  const auto loaded = load_scenario(text, "scenarios/my/new.toml");
  for (const Diagnostic& each : loaded.diagnostics) UNSCOPED_INFO(render(each, text));
  INFO(text);
  REQUIRE(loaded.value);
  return *loaded.value;
}

std::vector<Trouble> all_troubles() {
  std::vector<Trouble> all;
  for (const faults::Fault* fault : faults::all()) all.push_back({.fault = fault});
  for (const int code : {1000, 1001, 1012, 4000}) all.push_back({.close = code});
  for (const int status : {200, 401, 503}) all.push_back({.status = status});
  return all;
}

CountRange attempts_of(const std::string& trouble) {
  return loaded({.trouble = read_trouble(trouble)}).expect.attempts->value;
}

std::string why_not(const std::string& text) {
  try {
    (void)read_trouble(text);
  } catch (const Error& wrong) {
    return wrong.what();
  }
  return "";
}

}  // namespace

TEST_CASE("for every fault a scenario is written that has no mistakes") {
  for (const Trouble& trouble : all_troubles()) {
    CAPTURE(name_of(trouble));
    const Scenario scenario = loaded({.trouble = trouble});
    CHECK(scenario.about == about(trouble));
    CHECK(scenario.attempts.size() == 2);
    CHECK(loaded({.trouble = trouble, .times = 3}).attempts.at(0).times == 3);
    const std::string name = name_of(trouble);
    CHECK(name_of(read_trouble(name)) == name);
  }
}

TEST_CASE(
    "a client is expected back where it must be, and to stay where nothing is wrong with it") {
  CHECK(attempts_of("drop=reset").lo == 2);
  CHECK(attempts_of("port=closed").lo == 2);
  CHECK(attempts_of("dns=nxdomain").lo == 2);
  CHECK(attempts_of("dns=slow").lo == 1);
  CHECK(attempts_of("handshake=bare-lf").hi == 2);
  CHECK(attempts_of("close=followed").lo == 2);
  CHECK(attempts_of("close=unanswered").hi == 1);
  CHECK(attempts_of("drop=bad-record-mac").lo == 2);
  CHECK(attempts_of("frame=masked").lo == 2);
  CHECK(attempts_of("frame=tiny-fragments").hi == 1);
  CHECK(attempts_of("handshake=folded").lo == 1);
  CHECK(attempts_of("handshake=503").lo == 2);
  CHECK(attempts_of("tls=expired").lo == 2);
  CHECK(attempts_of("close=1001").lo == 2);
  CHECK(attempts_of("close=1000").lo == 1);
  CHECK(loaded({.trouble = read_trouble("drop=silent")}).expect.detects);
}

TEST_CASE("what was asked for stands in the file") {
  const Scenario scenario = loaded({.about = "It \"falls\".",
                                    .trouble = read_trouble("drop=fin"),
                                    .after = std::chrono::seconds(2),
                                    .times = 2,
                                    .attempts = 5,
                                    .gap = "1s..10s"});
  CHECK(scenario.about == "It \"falls\".");
  CHECK(scenario.attempts.at(0).times == 2);
  CHECK(std::get<WaitStep>(scenario.attempts.at(0).steps.at(0).body).time ==
        std::chrono::seconds(2));
  CHECK(scenario.expect.attempts->value.lo == 5);
  CHECK(scenario.expect.gaps.at(0).value.hi == std::chrono::seconds(10));
  CHECK(loaded({.trouble = read_trouble("drop=fin"), .after = {}}).attempts.at(0).steps.size() ==
        1);
}

TEST_CASE("whoever asks for a gap wants to see the client come back") {
  const Scenario scenario = loaded({.trouble = read_trouble("dns=slow"), .gap = "1s..10s"});
  CHECK(scenario.expect.attempts->value.lo == 2);
  CHECK(scenario.expect.gaps.size() == 1);
}

TEST_CASE("a fault is named by its key and name, or by a name that no other has") {
  CHECK(name_of(read_trouble("mid-frame")) == "drop=mid-frame");
  CHECK(why_not("reset").find("there are several: ") != std::string::npos);
  CHECK(why_not("drop=rest") ==
        "take the fault `drop=rest`: there is none of that name; did you mean `drop=reset`? "
        "`halfopen faults` lists them all");
  CHECK(why_not("close=x") != "");
}
