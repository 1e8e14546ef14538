#include "judge/evidence.h"

#include <algorithm>

namespace halfopen::judge {
namespace {

constexpr const char* more_failures = "there were more failures; the first 100 are kept";

std::map<int, std::vector<std::string>> steps_that_passed(const trace::Trace& trace) {
  std::map<std::pair<int, int>, std::string> begun;
  std::map<int, std::vector<std::string>> passed;
  for (const trace::Event& event : trace.events) {
    if (const auto* begins = std::get_if<trace::StepBegins>(&event.body))
      begun[{event.attempt, begins->index}] = begins->text;
    if (const auto* done = std::get_if<trace::StepPassed>(&event.body))
      passed[event.attempt].push_back(begun[{event.attempt, done->index}]);
  }
  return passed;
}

}  // namespace

Evidence::Evidence(const scenario::Scenario& the_scenario, const trace::Trace& the_trace)
    : scenario(the_scenario),
      trace(the_trace),
      attempts(timeline(the_trace)),
      passed_steps(steps_that_passed(the_trace)) {
  for (const trace::Event& event : trace.events) {
    run_end = std::max(run_end, event.at);
    if (const auto* over = std::get_if<trace::Over>(&event.body)) over_why = over->why;
    if (const auto* lag = std::get_if<trace::Lag>(&event.body))
      lags.emplace_back(event.at, lag->late);
    reports = reports || std::holds_alternative<trace::ClientEvent>(event.body);
  }
  reports = reports || std::ranges::count(trace.header.client_can, "reports") > 0;
  for (std::size_t i = 0; i < attempts.size(); ++i) index_.emplace(attempts[i].number, i);
}

const AttemptView* Evidence::attempt(int number) const {
  const auto found = index_.find(number);
  return found == index_.end() ? nullptr : &attempts[found->second];
}

Duration Evidence::lag_between(Duration from, Duration to) const {
  Duration sum{};
  for (const auto& [at, late] : lags)
    if (at >= from && at - late <= to) sum += late;
  return sum;
}

bool Evidence::waives(std::string_view invariant) const {
  return std::ranges::any_of(expect().waive,
                             [&](const auto& waived) { return waived.value == invariant; });
}

void fail(const Evidence& evidence, Verdict& verdict, Failure failure) {
  if (verdict.failures.size() == most_failures) {
    if (verdict.skipped.empty() || verdict.skipped.back() != more_failures)
      verdict.skipped.emplace_back(more_failures);
    return;
  }
  const auto passed = evidence.passed_steps.find(failure.attempt);
  if (failure.attempt != 0 && passed != evidence.passed_steps.end())
    failure.passed_steps = passed->second;
  verdict.failures.push_back(std::move(failure));
}

}  // namespace halfopen::judge
