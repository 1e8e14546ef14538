#include "judge/evidence.h"

#include <algorithm>
#include <array>
#include <utility>

#include "faults/fault.h"
#include "judge/own_time.h"
#include "scenario/story.h"

namespace halfopen::judge {
namespace {

// A link that is later than this for one unit in a hundred counts as late.
constexpr Duration most_link_lag = std::chrono::milliseconds(20);

// Lateness that is further away from the end of a time than this has not moved it.
constexpr Duration near_an_end = std::chrono::milliseconds(250);

// Whether the client did it.
bool is_sign(const trace::Body& body) {
  if (const auto* packet = std::get_if<trace::Packet>(&body))
    return packet->from == trace::Side::client;
  if (const auto* frame = std::get_if<trace::Frame>(&body))
    return frame->from == trace::Side::client;
  return std::holds_alternative<trace::AttemptBegins>(body) ||
         std::holds_alternative<trace::NameAsked>(body) ||
         std::holds_alternative<trace::ProxyAsked>(body) ||
         std::holds_alternative<trace::Request>(body) ||
         std::holds_alternative<trace::ClientLeft>(body) ||
         std::holds_alternative<trace::ClientEvent>(body) ||
         std::holds_alternative<trace::ClientLog>(body);
}

// From then on a pause of halfopen's is a stall.
constexpr Duration stall = std::chrono::seconds(1);

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

// Whether a step has passed that waited for something of the client.
bool is_expectation_held(const scenario::Scenario& scenario, const trace::Event& event) {
  const auto* passed = std::get_if<trace::StepPassed>(&event.body);
  const scenario::Attempt* table =
      passed ? scenario::attempt_for(scenario, event.attempt) : nullptr;
  if (table == nullptr || passed->index < 0) return false;
  const auto index = static_cast<std::size_t>(passed->index);
  return index < table->steps.size() && scenario::expects_something(table->steps[index]);
}

// What the client did on the wire, or became of it, is certain whatever halfopen's lateness.
bool is_certain(const Expectation& expectation) {
  constexpr std::array<std::string_view, 7> certain{
      "masked-frames", "valid-frames",        "valid-handshake-request",
      "version-13",    "no-data-after-close", "fresh-key",
      "no-flood"};
  if (expectation.kind != Kind::invariant) return expectation.kind == Kind::crash;
  return std::ranges::count(certain, expectation.name) > 0;
}

// Whether a stall may have led to it, though no measured time says so: the client did more often,
// or beside something else, what it would have done once.
bool may_rest_on_stall(const Evidence& evidence, const Failure& failure) {
  if (failure.missing && evidence.over_why == trace::Ended::client_exited) return false;
  const bool counted = failure.measure && failure.measure->unit == Measure::Unit::count;
  return (counted || failure.expectation.kind == Kind::invariant) &&
         !is_certain(failure.expectation);
}

}  // namespace

Evidence::Evidence(const scenario::Scenario& the_scenario, const trace::Trace& the_trace)
    : scenario(the_scenario),
      trace(the_trace),
      frozen(the_trace),
      attempts(timeline(the_trace)),
      passed_steps(steps_that_passed(the_trace)) {
  for (const trace::Event& event : trace.events) {
    run_end = std::max(run_end, event.at);
    if (const auto* over = std::get_if<trace::Over>(&event.body)) over_why = over->why;
    if (const auto* lag = std::get_if<trace::Lag>(&event.body)) note_lag(event.at, lag->late);
    if (const auto* link = std::get_if<trace::LinkSummary>(&event.body))
      if (link->late_p99 > most_link_lag) link_late = std::max(link_late, link->late_max);
    whole = whole && !std::holds_alternative<trace::EventsOmitted>(event.body);
    if (std::holds_alternative<trace::Unreliable>(event.body) && !std::exchange(unreliable, true))
      lost_since = event.at;
    if (is_sign(event.body)) last_sign = std::max(last_sign, event.at);
    reports = reports || std::holds_alternative<trace::ClientEvent>(event.body);
    step_held = step_held || is_expectation_held(scenario, event);
  }
  whole = whole && !unreliable && over_why != trace::Ended::interrupted;
  reports = reports || has_promised_reports(*this);
  for (std::size_t i = 0; i < attempts.size(); ++i) index_.emplace(attempts[i].number, i);
}

void Evidence::note_lag(Duration at, Duration late) {
  lags.emplace_back(at, late);
  if (late >= stall && !stalled) stalled = at - std::min(at, late);
}

Duration Evidence::tolerance(Duration from, Duration to) const {
  return 2 * lag_between(from, to) + link_late;
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

Duration Evidence::lag_at_ends(Duration from, Duration to) const {
  if (to - from <= 2 * near_an_end) return lag_between(from, to);
  return lag_between(from, from + near_an_end) + lag_between(to - near_an_end, to);
}

bool Evidence::late_enough(Duration margin, Duration from, Duration to) const {
  return unreliable || (stalled && *stalled <= to) || margin <= tolerance(from, to);
}

bool Evidence::waives(std::string_view invariant) const {
  return std::ranges::any_of(expect().waive,
                             [&](const auto& waived) { return waived.value == invariant; });
}

bool Evidence::is_asked_for(int attempt) const {
  return attempt <= scenario::last_attempt_asked_for(scenario);
}

void take_under_way(const Evidence& evidence, Verdict& verdict, Decision decision,
                    std::optional<Decision>& nobody_asked) {
  if (evidence.is_asked_for(decision.attempt))
    verdict.decisions.push_back(std::move(decision));
  else if (!nobody_asked)
    nobody_asked = std::move(decision);
}

bool check_time_left(const Evidence& evidence, Verdict& verdict, Expectation expectation,
                     const ToBeFailed& connection) {
  const auto& [attempt, since, gone] = connection;
  const OwnTime time = own_time(evidence, attempt, since, gone);
  const bool unsure = time.may_be_within(faults::time_to_fail);
  if (!unsure && (gone < evidence.run_end || time.used > faults::time_to_fail)) return false;
  if (!evidence.is_asked_for(attempt)) return true;
  Why why = why::NotFailed{since, gone};
  if (unsure) why = why::HeldUp{since, gone};
  undecided(verdict, std::move(expectation), 0, std::move(why), attempt);
  return true;
}

void fail(const Evidence& evidence, Verdict& verdict, Failure failure) {
  if (verdict.failures.size() == most_failures) {
    return;  // What is one more says nothing new.
  }
  if (evidence.stalled && may_rest_on_stall(evidence, failure)) failure.timing = true;
  const auto passed = evidence.passed_steps.find(failure.attempt);
  if (failure.attempt != 0 && passed != evidence.passed_steps.end())
    failure.passed_steps = passed->second;
  verdict.failures.push_back(std::move(failure));
}

void hold(Verdict& verdict, Expectation expectation, int line, std::optional<Measure> measure,
          int attempt) {
  verdict.decisions.push_back(
      {std::move(expectation), line, Status::held, {}, attempt, std::move(measure)});
}

bool any_held(const Verdict& verdict) {
  return std::ranges::any_of(verdict.decisions, [](const Decision& each) {
    return each.status == Status::held && is_asked_for(each.expectation);
  });
}

void hold_unbroken(const Evidence& evidence, Verdict& verdict, const Expectation& expectation,
                   std::optional<Measure> measure) {
  const auto is_it = [&](const auto& each) { return each.expectation == expectation; };
  // Of very many failures not all are kept.
  if (!evidence.whole || verdict.failures.size() == most_failures ||
      evidence.waives(expectation.name) || std::ranges::any_of(verdict.failures, is_it) ||
      std::ranges::any_of(verdict.decisions, is_it))
    return;
  hold(verdict, expectation, 0, std::move(measure));
}

void undecided(Verdict& verdict, Expectation expectation, int line, Why why, int attempt,
               std::optional<Measure> measure) {
  verdict.decisions.push_back({std::move(expectation), line, Status::not_decided, std::move(why),
                               attempt, std::move(measure)});
}

void not_judged(Verdict& verdict, Expectation expectation, int line, Why why, int attempt,
                std::optional<Measure> measure) {
  verdict.decisions.push_back({std::move(expectation), line, Status::not_judged, std::move(why),
                               attempt, std::move(measure)});
}

bool has_promised_reports(const Evidence& evidence) {
  return evidence.scenario.page.html.empty() &&
         std::ranges::count(evidence.trace.header.client_can, "reports") > 0;
}

bool lives_on(const Evidence& evidence) {
  const auto first = std::ranges::find_if(
      evidence.attempts, [](const AttemptView& attempt) { return attempt.opened.has_value(); });
  return first != evidence.attempts.end() && !first->ended && !first->closing && !first->over;
}

bool never_was(const Evidence& evidence, const std::optional<int>& attempt) {
  return attempt && evidence.attempt(*attempt) == nullptr;
}

bool may_still_come(const Evidence& evidence, const std::optional<int>& attempt) {
  if (!never_was(evidence, attempt) || evidence.attempts.empty()) return false;
  const auto& allowed = evidence.expect().attempts;
  const AttemptView& last = evidence.attempts.back();
  const bool lives = last.opened && !last.ended && !last.closing && !last.over;
  return lives && (!allowed || allowed->value.hi >= *attempt);
}

bool is_settled(const Verdict& verdict, Kind kind) {
  const auto is_it = [&](const auto& each) { return each.expectation.kind == kind; };
  return std::ranges::any_of(verdict.failures, is_it) ||
         std::ranges::any_of(verdict.warnings, is_it) ||
         std::ranges::any_of(verdict.decisions, is_it);
}

void fail_missing(const Evidence& evidence, Verdict& verdict, Failure failure) {
  const Duration quiet = evidence.run_end - evidence.last_sign;
  failure.missing = true;
  failure.timing = evidence.over_why != trace::Ended::client_exited &&
                   evidence.late_enough(quiet, evidence.last_sign, evidence.run_end);
  fail(evidence, verdict, std::move(failure));
}

}  // namespace halfopen::judge
