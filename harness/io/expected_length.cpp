#include "io/expected_length.h"

#include <algorithm>

namespace halfopen::io {
namespace {

Duration waits_of(const scenario::Step& step) {
  Duration sum{};
  if (const auto* wait = std::get_if<scenario::WaitStep>(&step.body)) sum += wait->time;
  if (const auto* after = std::get_if<scenario::AfterTime>(&step.moment)) sum += after->time;
  return sum;
}

Duration waits_of(const scenario::Attempt& attempt) {
  Duration sum = attempt.handshake.delay;
  for (const scenario::Step& step : attempt.steps) sum += waits_of(step);
  return sum * std::max(1, attempt.times.value_or(1));
}

Duration gaps_of(const scenario::Expect& expect) {
  Duration sum{};
  for (const auto& gap : expect.gaps) sum += gap.value.lo;
  const int attempts = expect.attempts ? expect.attempts->value.lo : 2;
  if (expect.every_gap) sum += expect.every_gap->value.lo * std::max(0, attempts - 1);
  return sum;
}

// Silence can only be seen by waiting for it.
bool lasts_to_the_end(const scenario::Expect& expect) {
  return (expect.gives_up && expect.gives_up->value) ||
         (expect.attempts && expect.attempts->value.hi == 0);
}

Duration known_wait(const scenario::Scenario& scenario) {
  const scenario::Expect& expect = scenario.expect;
  if (lasts_to_the_end(expect)) return expect.within.value;
  Duration attempts = gaps_of(expect);
  for (const scenario::Attempt& attempt : scenario.attempts) attempts += waits_of(attempt);
  if (expect.detects) attempts += expect.detects->value.lo;
  Duration clock{};
  for (const scenario::At& at : scenario.at) clock = std::max(clock, at.time);
  return std::min(std::max(attempts, clock) + expect.settle, expect.within.value);
}

}  // namespace

Duration expected_length(const scenario::Scenario& scenario) {
  const Duration known = known_wait(scenario);
  return known + (scenario.expect.within.value - known) / 4;
}

}  // namespace halfopen::io
