// The number behind a verdict: what was wanted, what was measured, and how far apart they are.
#include <fmt/format.h>

#include "tale.h"

using namespace halfopen;
using namespace halfopen::judge;
using namespace std::chrono_literals;

namespace {

std::string in_numbers(const std::optional<Measure>& measure) {
  if (!measure) return "no number";
  std::string wanted = fmt::format("{}..", measure->lowest);
  if (measure->highest) wanted += std::to_string(*measure->highest);
  if (!measure->one_of.empty()) wanted = fmt::format("{}", fmt::join(measure->one_of, "|"));
  return fmt::format("{} {}: {}, off by {} ± {}", wanted, name_of(measure->unit), measure->value,
                     measure->margin(), measure->tolerance);
}

const std::string silent = "[[attempt]]\nsteps = [{ drop = \"silent\" }]\n";

/// Of the first failure: its kind and number.
std::string missed(const std::string& expect, const Tale& tale, const std::string& story = "") {
  const Verdict verdict = judge::judge(scenario_of(story + "[expect]\n" + expect), tale.trace());
  REQUIRE(!verdict.failures.empty());
  const Failure& first = verdict.failures.front();
  return fmt::format("{} {}", name_of(first.expectation.kind), in_numbers(first.measure));
}

/// Of the first that is no failure and has that status.
std::string decided(const std::string& scenario, const Tale& tale, Status status) {
  for (const Decision& each : judge::judge(scenario_of(scenario), tale.trace()).decisions)
    if (each.status == status)
      return fmt::format("{} {}", name_of(each.expectation.kind), in_numbers(each.measure));
  return "none";
}

Tale dropped() { return Tale().begins(0, 1).opened(0, 1).ended(1, 1); }
Tale closed() { return Tale().begins(0, 1).opened(0, 1).sent(5, 1, "close", 1000).left(5, 1); }
Tale silenced() {
  return Tale().begins(0, 1).opened(0, 1).event(1, FaultStruck{Layer::drop, "silent", "", true}, 1);
}

}  // namespace

TEST_CASE("counts: of attempts, opens, messages and events of the client") {
  CHECK(missed("attempts = \"3..5\"", dropped().over(9)) == "attempts 3..5 count: 1, off by 2 ± 0");
  CHECK(missed("opens = 0", dropped().over(9)) == "opens 0..0 count: 1, off by 1 ± 0");
  CHECK(missed("messages = { text = \"hi\", count = \"2..\" }",
               dropped().event(0.5, MessageMatched{0}, 1).over(9)) ==
        "messages 2.. count: 1, off by 1 ± 0");
  CHECK(missed("client = { open = { count = 1 } }",
               dropped().says(0, "open").says(1, "open").over(9)) ==
        "client_event 1..1 count: 2, off by 1 ± 0");
}

TEST_CASE("times: of gaps, detection, recovery, settling") {
  const Tale back = dropped().begins(4, 2).opened(4.5, 2).over(9);
  CHECK(missed("gaps = [\"1s..2s\"]", back) ==
        "gaps 1000000..2000000 us: 3000000, off by 1000000 ± 0");
  CHECK(missed("recovers = \"..2s\"", back) ==
        "recovers 0..2000000 us: 3500000, off by 1500000 ± 0");
  CHECK(missed("detects = \"..2s\"", silenced().left(5, 1).begins(6, 2).opened(6, 2).over(9),
               silent) == "detects 0..2000000 us: 4000000, off by 2000000 ± 0");
  CHECK(missed("opens = 1\nsettle = \"6s\"", closed().over(9)) ==
        "settle 6000000.. us: 5000000, off by 1000000 ± 0");
}

TEST_CASE("a time that was not over when the run ended has its number so far") {
  CHECK(missed("detects = \"..2s\"", silenced().over(9, "time"), silent) ==
        "detects 0..2000000 us: 8000000, off by 6000000 ± 0");
  CHECK(decided(silent + "[expect]\ndetects = \"..20s\"", silenced().over(9, "time"),
                Status::not_decided) == "detects 0..20000000 us: 8000000, off by 0 ± 0");
}

TEST_CASE("codes: of Close frames and exits, and of several that would do the nearest") {
  CHECK(missed("closes_with = 1001", closed().over(9)) ==
        "closes_with 1001..1001 code: 1000, off by 1 ± 0");
  CHECK(missed("closes_with = [1002, 1007]", closed().over(9)) ==
        "closes_with 1002|1007 code: 1000, off by 2 ± 0");
  CHECK(missed("client = { exit = 3 }", dropped().event(2, ClientExited{0, 0, false}).over(9)) ==
        "exit_code 3..3 code: 0, off by 3 ± 0");
}

TEST_CASE("bytes: of memory") {
  CHECK(missed("client = { memory = \"..1KiB\" }",
               dropped().event(0.1, ClientMemory{10'000}).event(2, ClientMemory{12'000}).over(9)) ==
        "memory 0..1024 bytes: 2000, off by 976 ± 0");
}

TEST_CASE("a step that timed out has the time that it was given and took") {
  const Tale tale = Tale()
                        .begins(0, 1)
                        .opened(0, 1)
                        .event(0.5, StepBegins{0, "expect"}, 1)
                        .event(2.5, StepFailed{.within = 2s}, 1)
                        .over(4);
  CHECK(missed("opens = 1", tale) == "step 0..2000000 us: 2000000, off by 0 ± 0");
}

TEST_CASE("what halfopen was late by is the tolerance, twice") {
  CHECK(missed("gaps = [\"1s..2s\"]",
               dropped().event(2, Lag{100ms}).begins(4, 2).opened(4.5, 2).over(9)) ==
        "gaps 1000000..2000000 us: 3000000, off by 1000000 ± 200000");
}

TEST_CASE("what held has its number, too") {
  CHECK(decided("[expect]\nattempts = 1", dropped().over(9), Status::held) ==
        "attempts 1..1 count: 1, off by 0 ± 0");
  const Tale back = dropped().begins(4, 2).opened(4.5, 2).over(9);
  CHECK(decided("[expect]\ngaps = [\"..4s\"]", back, Status::held) ==
        "gaps 0..4000000 us: 3000000, off by 0 ± 0");
  CHECK(decided("[expect]\ngaps = \"..5s\"", back, Status::held) ==
        "gaps 0..5000000 us: 3000000, off by 0 ± 0");
  CHECK(decided("[expect]\ncloses_with = [1000, 1001]", closed().over(9), Status::held) ==
        "closes_with 1000|1001 code: 1000, off by 0 ± 0");
  const Tale found = silenced().left(4, 1).begins(5, 2).opened(5, 2).over(9);
  CHECK(decided(silent + "[expect]\ndetects = \"..10s\"", found, Status::held) ==
        "detects 0..10000000 us: 3000000, off by 0 ± 0");
  CHECK(decided(silent + "[expect]\nrecovers = \"..10s\"", found, Status::held) ==
        "recovers 0..10000000 us: 4000000, off by 0 ± 0");
}

TEST_CASE("where nothing was measured, there is no number") {
  CHECK(missed("gaps = [\"1s\"]", dropped().over(30, "time")) == "gaps no number");
}
