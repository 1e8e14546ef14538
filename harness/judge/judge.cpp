#include "judge/judge.h"

#include <fmt/format.h>

#include <algorithm>

#include "judge/checks.h"
#include "judge/words.h"
#include "trace/noise.h"

namespace halfopen::judge {
namespace {

// Less than this, in all, is no lateness worth speaking of.
constexpr Duration least_lag = std::chrono::milliseconds(100);

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
    if (const auto* broken = std::get_if<trace::Broken>(&event.body)) {
      Verdict verdict = undecided(Outcome::error, broken->why);
      verdict.own_fault = broken->own;
      return verdict;
    }
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
  check_steps(evidence, verdict);
  for (const Expectation& each : expectations)
    if (each.check != nullptr) each.check(evidence, verdict);
  for (const Expectation& each : expectations)
    if (const auto line = each.line(evidence.expect()); line && !is_settled(verdict, each.name))
      hold(verdict, std::string(each.name), *line);
  for (const auto check :
       {check_within, check_settle, check_violations, check_fresh_key, check_one_connecting,
        check_one_connection, check_one_close, check_no_hot_loop, check_silence_after_giving_up,
        check_fails_bad_tls, check_fails_bad_handshake, check_fails_bad_frame, check_retry_after})
    check(evidence, verdict);
}

// A failed step ends the run early: what had not come by then is not the client's fault.
void forget_what_was_cut_off(const Evidence& evidence, Verdict& verdict) {
  if (evidence.over_why != trace::Ended::step_failed) return;
  std::vector<Failure> kept;
  for (Failure& failure : verdict.failures) {
    if (failure.missing)
      undecided(verdict, failure.expectation, failure.line, "the run ended with the failed step");
    else
      kept.push_back(std::move(failure));
  }
  verdict.failures = std::move(kept);
}

// Why this run is no evidence for a failure that depends on time; "" if it is.
std::string doubts(const Evidence& evidence) {
  std::string why;
  for_each<trace::Unreliable>(evidence,
                              [&](const trace::Event&, const auto& lost) { why = lost.why; });
  if (!why.empty()) return why;
  Duration total{};
  std::pair<Duration, Duration> worst{};
  for (const auto& lag : evidence.lags) {
    total += lag.second;
    if (lag.second >= worst.second) worst = lag;
  }
  if (total > least_lag)
    return fmt::format("halfopen itself was late: {} in all, the longest {} at {}", span(total),
                       span(worst.second), moment(worst.first));
  if (evidence.link_late > Duration::zero())
    return "halfopen's link was late, by up to " + span(evidence.link_late);
  return "";
}

// A browser that never got as far as its page has not been tested; one that has crashed has failed.
bool page_never_fetched(const Evidence& evidence) {
  bool fetched = false;
  for_each<trace::PageServed>(evidence, [&](const auto&...) { fetched = true; });
  for_each<trace::ClientEvent>(evidence, [&](const auto&...) { fetched = true; });
  for_each<trace::ClientExited>(
      evidence, [&](const trace::Event&, const auto& exit) { fetched = fetched || !exit.by_us; });
  const bool opens_page = std::ranges::count(evidence.trace.header.client_can, "page") > 0;
  return opens_page && !fetched && evidence.attempts.empty();
}

const Decision* first_of(const Verdict& verdict, Status status) {
  const auto found = std::ranges::find(verdict.decisions, status, &Decision::status);
  return found == verdict.decisions.end() ? nullptr : &*found;
}

// What was not kept: of what is no client's doing, or of a flood that the scenario puts up with; ""
// where all is there.
std::string left_out(const Evidence& evidence) {
  std::string text;
  for_each<trace::Unreliable>(evidence, [&](const trace::Event&, const auto& lost) {
    if (lost.events_missing) text = lost.why;
  });
  if (!evidence.waives("no-flood")) return text;
  for_each<trace::EventsOmitted>(evidence, [&](const trace::Event&, const auto& omitted) {
    text = fmt::format("{} {} were too many to keep, and nothing is known of them", omitted.count,
                       trace::in_words(omitted.kind));
  });
  return text;
}

// Where nothing is broken: whether all was decided, and anything at all judged.
void decide_unbroken(const Evidence& evidence, Verdict& verdict) {
  if (const Decision* open = first_of(verdict, Status::not_decided)) {
    verdict.outcome = Outcome::inconclusive;
    verdict.reason = open->expectation + " is not decided: " + open->why;
    return;
  }
  if (const std::string unknown = left_out(evidence); !unknown.empty()) {
    verdict.outcome = Outcome::inconclusive;
    verdict.reason = unknown;
    return;
  }
  const Decision* unseen = first_of(verdict, Status::not_judged);
  if (unseen == nullptr || evidence.step_held || first_of(verdict, Status::held) != nullptr) return;
  verdict.outcome = Outcome::unsupported;
  verdict.reason = "nothing here can be judged: " + unseen->expectation + ", " + unseen->why;
}

void decide(const Evidence& evidence, Verdict& verdict) {
  const bool interrupted = evidence.over_why == trace::Ended::interrupted;
  const bool unstarted = page_never_fetched(evidence);
  const std::string doubt =
      unstarted ? "the client never fetched its page: it started too slowly" : doubts(evidence);
  const bool certain = std::ranges::any_of(verdict.failures, [&](const Failure& each) {
    return !(each.timing && !doubt.empty()) && !(each.missing && (interrupted || unstarted));
  });
  if (certain) {
    verdict.outcome = Outcome::fail;
  } else if (interrupted) {
    verdict.outcome = Outcome::inconclusive;
    verdict.reason = "the run was interrupted";
  } else if (!verdict.failures.empty()) {
    verdict.outcome = Outcome::inconclusive;
    verdict.reason = doubt + "; run it on a quieter machine or with fewer --jobs";
  } else {
    decide_unbroken(evidence, verdict);
  }
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

std::string_view name_of(Status status) {
  switch (status) {
    case Status::held:
      return "held";
    case Status::broken:
      return "broken";
    case Status::not_decided:
      return "not decided";
    case Status::not_judged:
      return "not judged";
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
