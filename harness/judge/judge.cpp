#include "judge/judge.h"

#include <algorithm>
#include <array>

#include "judge/checks.h"

namespace halfopen::judge {
namespace {

// Less than this, in all, is no lateness worth speaking of.
constexpr Duration least_lag = std::chrono::milliseconds(100);

bool is_set(const Reason& reason) { return !std::holds_alternative<std::monostate>(reason); }

Verdict undecided(Outcome outcome, Reason reason) {
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
      return undecided(Outcome::error, *broken);
    if (const auto* lack = std::get_if<trace::Unsupported>(&event.body))
      return undecided(Outcome::unsupported, *lack);
    over = over || std::holds_alternative<trace::Over>(event.body);
  }
  if (!over) return undecided(Outcome::error, reason::NoEnd{});
  return std::nullopt;
}

void run_checks(const Evidence& evidence, Verdict& verdict) {
  check_steps(evidence, verdict);
  for (const Asked& each : all_asked)
    if (each.check != nullptr) each.check(evidence, verdict);
  for (const Asked& each : all_asked)
    if (const auto line = each.line(evidence.expect()); line && !is_settled(verdict, each.kind))
      not_judged(verdict, {each.kind}, *line, why::NothingToSee{});
  for (const auto check :
       {check_within, check_settle, check_violations, check_fresh_key, check_one_connecting,
        check_one_connection, check_one_close, check_no_hot_loop, check_silence_after_giving_up,
        check_fails_bad_tls, check_fails_bad_handshake, check_fails_bad_frame, check_retry_after})
    check(evidence, verdict);
}

// What is broken for good ends the run early: what had not come by then is not the client's fault.
void forget_what_was_cut_off(const Evidence& evidence, Verdict& verdict) {
  const bool by_step = evidence.over_why == trace::Ended::step_failed;
  if (!by_step && evidence.over_why != trace::Ended::expectation_failed) return;
  std::vector<Failure> kept;
  for (Failure& failure : verdict.failures) {
    if (failure.missing)
      undecided(verdict, failure.expectation, failure.line, why::CutOff{by_step}, failure.attempt);
    else
      kept.push_back(std::move(failure));
  }
  verdict.failures = std::move(kept);
}

// Why this run is no evidence for a failure that depends on time; none if it is.
Reason doubts(const Evidence& evidence) {
  Reason why;
  for_each<trace::Unreliable>(evidence, [&](const trace::Event&, const auto& lost) {
    if (!lost.why.empty()) why = reason::Lost{lost.why};
  });
  if (is_set(why)) return why;
  Duration total{};
  std::pair<Duration, Duration> worst{};
  for (const auto& lag : evidence.lags) {
    total += lag.second;
    if (lag.second >= worst.second) worst = lag;
  }
  if (total > least_lag) return reason::Late{total, worst.second, worst.first};
  if (evidence.link_late > Duration::zero()) return reason::LinkLate{evidence.link_late};
  return why;
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

// What was not kept: of what is no client's doing, or of a flood that the scenario puts up with;
// none where all is there.
Reason left_out(const Evidence& evidence) {
  Reason why;
  for_each<trace::Unreliable>(evidence, [&](const trace::Event&, const auto& lost) {
    if (lost.events_missing) why = reason::EventsMissing{lost.why};
  });
  if (!evidence.waives("no-flood")) return why;
  for_each<trace::EventsOmitted>(evidence, [&](const trace::Event&, const auto& omitted) {
    why = reason::LeftOut{omitted.count, omitted.kind};
  });
  return why;
}

// Where nothing is broken: whether all was decided, and anything at all judged.
void decide_unbroken(const Evidence& evidence, Verdict& verdict) {
  if (const Decision* open = first_of(verdict, Status::not_decided)) {
    verdict.outcome = Outcome::inconclusive;
    verdict.reason = reason::Undecided{*open};
    return;
  }
  if (Reason unknown = left_out(evidence); is_set(unknown)) {
    verdict.outcome = Outcome::inconclusive;
    verdict.reason = std::move(unknown);
    return;
  }
  const Decision* unseen = first_of(verdict, Status::not_judged);
  if (unseen == nullptr || evidence.step_held || any_held(verdict)) return;
  verdict.outcome = Outcome::unsupported;
  verdict.reason = reason::NothingJudged{*unseen};
}

// Until here lines were counted through all of the scenario's files, as they are in the trace.
template <class Said>
void tell_file_of(Said& said, const scenario::Sources& sources) {
  scenario::Origin origin = sources.origin(said.line);
  said.line = origin.line;
  said.file = std::move(origin.file);
}

void tell_files(const scenario::Sources& sources, Verdict& verdict) {
  if (sources.all().size() < 2) return;
  for (auto* failures : {&verdict.failures, &verdict.warnings})
    for (Failure& each : *failures) {
      tell_file_of(each, sources);
      if (auto* step = std::get_if<seen::OpenStep>(&each.seen)) tell_file_of(*step, sources);
    }
  for (Decision& each : verdict.decisions) tell_file_of(each, sources);
}

void decide(const Evidence& evidence, Verdict& verdict) {
  const bool interrupted = evidence.over_why == trace::Ended::interrupted;
  if (interrupted || evidence.unreliable || is_set(left_out(evidence))) verdict.gaps.clear();
  const bool unstarted = page_never_fetched(evidence);
  const Reason doubt = unstarted ? Reason(reason::Unstarted{}) : doubts(evidence);
  const bool certain = std::ranges::any_of(verdict.failures, [&](const Failure& each) {
    return !(each.timing && is_set(doubt)) && !(each.missing && (interrupted || unstarted));
  });
  verdict.judged = certain || evidence.step_held || any_held(verdict);
  if (certain) {
    verdict.outcome = Outcome::fail;
  } else if (interrupted) {
    verdict.outcome = Outcome::inconclusive;
    verdict.reason = reason::Interrupted{};
  } else if (!verdict.failures.empty()) {
    verdict.outcome = Outcome::inconclusive;
    verdict.reason = doubt;
  } else {
    decide_unbroken(evidence, verdict);
    verdict.judged = verdict.judged || verdict.outcome == Outcome::pass;
  }
}

}  // namespace

bool is_own_fault(const Verdict& verdict) {
  const auto* broken = std::get_if<trace::Broken>(&verdict.reason);
  return broken != nullptr && broken->own;
}

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

bool is_asked_for(const Expectation& expectation) {
  constexpr std::array always{Kind::invariant, Kind::settle, Kind::within, Kind::crash};
  return std::ranges::find(always, expectation.kind) == always.end();
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
  tell_files(*scenario.sources, verdict);
  decide(evidence, verdict);
  return verdict;
}

}  // namespace halfopen::judge
