#include "judge/judge.h"

#include <fmt/format.h>

#include <algorithm>

#include "judge/checks.h"
#include "judge/words.h"

namespace halfopen::judge {
namespace {

// Less lateness than this explains nothing, and neither does less than that share of the run: what
// had not come after half a minute would not have come for a tenth of a second more.
constexpr Duration least_lag = std::chrono::milliseconds(100);
constexpr int share_of_run = 20;

Verdict undecided(Outcome outcome, std::string reason) {
  Verdict verdict;
  verdict.outcome = outcome;
  verdict.reason = std::move(reason);
  return verdict;
}

// Runs that there is nothing to judge of.
std::optional<Verdict> not_judged(const trace::Trace& trace) {
  bool over = false;
  for (const trace::Event& event : trace.events) {
    if (const auto* broken = std::get_if<trace::Broken>(&event.body))
      return undecided(Outcome::error, broken->why);
    if (const auto* lack = std::get_if<trace::Unsupported>(&event.body))
      return undecided(Outcome::unsupported,
                       lack->what + (lack->remedy.empty() ? "" : "; " + lack->remedy));
    over = over || std::holds_alternative<trace::Over>(event.body);
  }
  if (!over)
    return undecided(Outcome::error,
                     "the trace has no end: it was cut short, or halfopen was killed");
  return std::nullopt;
}

void run_checks(const Evidence& evidence, Verdict& verdict) {
  for (const auto check :
       {check_steps, check_attempts, check_opens, check_gaps, check_growing, check_gives_up,
        check_closes, check_detects, check_client, check_within, check_violations, check_fresh_key,
        check_one_connecting, check_one_connection, check_no_hot_loop,
        check_silence_after_giving_up, check_fails_bad_handshake})
    check(evidence, verdict);
}

// A failed step ends the run early: what had not come by then is not the client's fault.
void forget_what_was_cut_off(const Evidence& evidence, Verdict& verdict) {
  if (evidence.over_why != "step-failed") return;
  std::vector<Failure> kept;
  for (Failure& failure : verdict.failures) {
    const bool cut_off = failure.timing && !failure.expectation.starts_with("step ") &&
                         !failure.expectation.starts_with("gaps");
    if (cut_off || failure.seen.starts_with("only "))
      verdict.skipped.push_back(failure.expectation +
                                ": not decided, the run ended with the failed step");
    else
      kept.push_back(std::move(failure));
  }
  verdict.failures = std::move(kept);
}

// How late halfopen was, and how that reads.
struct Lateness {
  Duration late{};
  std::string text;
};

Lateness lateness_of(const Evidence& evidence) {
  Lateness all;
  std::pair<Duration, Duration> worst{};
  for (const auto& lag : evidence.lags) {
    all.late += lag.second;
    if (lag.second >= worst.second) worst = lag;
  }
  all.text = fmt::format("halfopen itself was late: {} in all, the longest {} at {}",
                         span(all.late), span(worst.second), moment(worst.first));
  for_each<trace::LinkSummary>(evidence, [&](const trace::Event&, const auto& link) {
    if (link.late_p99 <= all.late) return;
    all = {link.late_p99, fmt::format("halfopen's link was late: by {} for one unit in a hundred",
                                      span(link.late_p99))};
  });
  return all;
}

// Why this run is no evidence for a failure that depends on time; "" if it is.
std::string doubts(const Evidence& evidence, const Failure& failure) {
  std::string why;
  for_each<trace::Unreliable>(evidence,
                              [&](const trace::Event&, const auto& lost) { why = lost.why; });
  if (!why.empty()) return why;
  const Lateness lateness = lateness_of(evidence);
  const Duration excused = failure.missed_by > Duration::zero()
                               ? failure.missed_by
                               : std::max(least_lag, evidence.run_end / share_of_run);
  return lateness.late > excused ? lateness.text : "";
}

void decide(const Evidence& evidence, Verdict& verdict) {
  const bool interrupted = evidence.over_why == "interrupted";
  std::string why = interrupted ? "the run was interrupted" : "";
  for (const Failure& failure : verdict.failures) {
    const std::string doubt = failure.timing ? doubts(evidence, failure) : "";
    if (doubt.empty() && !(failure.timing && interrupted)) {
      verdict.outcome = Outcome::fail;
      return;
    }
    if (!interrupted) why = doubt + "; run it on a quieter machine or with fewer --jobs";
  }
  if (why.empty()) return;
  verdict.outcome = Outcome::inconclusive;
  verdict.reason = why;
}

}  // namespace

std::string_view name_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::pass:
      return "pass";
    case Outcome::fail:
      return "fail";
    case Outcome::inconclusive:
      return "inconclusive";
    case Outcome::unsupported:
      return "unsupported";
    case Outcome::error:
      return "error";
  }
  return "";
}

Verdict judge(const scenario::Scenario& scenario, const trace::Trace& trace,
              const Options& options) {
  if (auto verdict = not_judged(trace)) return *verdict;
  const Evidence evidence(scenario, trace);
  Verdict verdict;
  run_checks(evidence, verdict);
  forget_what_was_cut_off(evidence, verdict);
  if (options.strict)
    for (Failure& warning : std::exchange(verdict.warnings, {}))
      verdict.failures.push_back(std::move(warning));
  decide(evidence, verdict);
  return verdict;
}

}  // namespace halfopen::judge
