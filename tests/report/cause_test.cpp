// What lies behind failures.
#include "report/cause.h"

#include "runs.h"
#include "scenario/invariants.h"

using namespace halfopen;
using namespace halfopen::report;

namespace {

std::string_view name_of_cause(const Result& result) {
  REQUIRE_FALSE(result.verdict.failures.empty());
  return cause_of(result.verdict.failures.front(), result.attempts).name;
}

/// The one connection opens, and the run is over a minute later.
Result never_back(bool falls_silent) {
  trace::Trace trace = trace_of("absent");
  Story story(trace);
  first_attempt(story);
  if (falls_silent) {
    std::erase_if(trace.events, [](const trace::Event& event) {
      return event.at > std::chrono::milliseconds(1008);
    });
    story.at(1009, FaultStruck{Layer::drop, "silent", "all packets vanish", true}, 1, 6);
  }
  story.at(61000, Over{Ended::time});
  return judged(std::move(trace));
}

judge::Failure of_kind(judge::Kind kind, std::string name = {}) {
  judge::Failure failure;
  failure.expectation = {kind, 0, std::move(name)};
  return failure;
}

}  // namespace

TEST_CASE("a client that comes back too late is told from one that stays away") {
  CHECK(name_of_cause(failing()) == "too-slow");
  CHECK(name_of_cause(never_back(false)) == "no-return");
}

TEST_CASE("who holds on to a dead connection has not noticed that it is to come back") {
  CHECK(name_of_cause(never_back(true)) == "no-detection");
}

TEST_CASE("a number decides in which direction it went wrong") {
  judge::Failure failure = of_kind(judge::Kind::attempts);
  failure.measure = judge::measured(CountRange{2, 4}, 5);
  CHECK(cause_of(failure, {}).name == "too-often");
  failure.measure = judge::measured(CountRange{2, 4}, 1);
  CHECK(cause_of(failure, {}).name == "no-return");
  failure.expectation.kind = judge::Kind::gaps;
  failure.measure = judge::measured(DurationRange{std::chrono::seconds(1), forever}, Duration{});
  CHECK(cause_of(failure, {}).name == "too-fast");
}

TEST_CASE("of all that failed in a run, that is its cause which explains the rest") {
  Result result = failing();
  CHECK(cause_of(result)->name == "too-slow");
  result.verdict.failures.push_back(of_kind(judge::Kind::crash));
  CHECK(cause_of(result)->name == "crash");
  CHECK(cause_of(passing()) == nullptr);
}

TEST_CASE("every invariant and every kind has a cause") {
  for (const scenario::InvariantName& invariant : scenario::invariant_names()) {
    const auto& cause = cause_of(of_kind(judge::Kind::invariant, std::string(invariant.name)), {});
    CHECK_FALSE(cause.means.empty());
  }
  CHECK(cause_of(of_kind(judge::Kind::invariant, "masked-frames"), {}).name == "protocol");
  CHECK(cause_of(of_kind(judge::Kind::invariant, "one-connecting"), {}).name == "parallel");
  for (std::size_t kind = 0; kind < judge::kind_names.size(); ++kind)
    CHECK_FALSE(cause_of(of_kind(static_cast<judge::Kind>(kind)), {}).does.empty());
}
