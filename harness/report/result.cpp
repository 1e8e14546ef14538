#include <algorithm>
#include <array>
#include <utility>

#include "base/bytes.h"
#include "report/report.h"

namespace halfopen::report {

using judge::Outcome;

Result make_result(std::shared_ptr<const scenario::Scenario> scenario, trace::Trace trace,
                   const judge::Options& options) {
  Result result;
  result.scenario = std::move(scenario);
  result.trace = std::move(trace);
  result.verdict = judge::judge(*result.scenario, result.trace, options);
  result.attempts = judge::timeline(result.trace);
  if (!result.trace.events.empty()) result.duration = result.trace.events.back().at;
  return result;
}

Result make_result(scenario::Scenario scenario, trace::Trace trace, const judge::Options& options) {
  return make_result(std::make_shared<const scenario::Scenario>(std::move(scenario)),
                     std::move(trace), options);
}

void let_go(Result& result, bool keep_story) {
  if (keep_story) result.story = story(result, Style{});
  release(result.trace.events);
  release(result.trace.header.scenario_text);
  release(result.trace.header.scenario_parts);
  result.verdict.decisions.shrink_to_fit();
  result.attempts.shrink_to_fit();
}

std::string totals(const std::vector<Result>& results) {
  std::string text = std::to_string(results.size()) + (results.size() == 1 ? " run" : " runs");
  const char* separator = ": ";
  for (const Outcome outcome : {Outcome::pass, Outcome::fail, Outcome::inconclusive,
                                Outcome::unsupported, Outcome::error}) {
    const auto count = std::ranges::count(results, outcome,
                                          [](const Result& each) { return each.verdict.outcome; });
    if (count == 0) continue;
    text += separator + std::to_string(count) + " " + std::string(judge::name_of(outcome));
    separator = ", ";
  }
  return text;
}

int exit_code(const std::vector<Result>& results, bool require_all) {
  const auto any = [&](Outcome outcome) {
    return std::ranges::any_of(results,
                               [&](const Result& each) { return each.verdict.outcome == outcome; });
  };
  if (std::ranges::any_of(results,
                          [](const Result& each) { return judge::is_own_fault(each.verdict); }))
    return 5;
  if (any(Outcome::fail)) return 1;
  if (any(Outcome::error)) return 3;
  if (std::ranges::none_of(results, [](const Result& each) { return each.verdict.judged; }))
    return 4;
  if (require_all && (any(Outcome::inconclusive) || any(Outcome::unsupported))) return 4;
  return 0;
}

}  // namespace halfopen::report
