#include "judge/judge.h"

#include <algorithm>

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

// One expectation that may be asked for, and what judges it.
struct Asked {
  Kind kind = Kind::attempts;
  int line = 0;
  bool asked = false;
  void (*check)(const Evidence&, Verdict&);
};

std::vector<Asked> all_asked(const scenario::Expect& expect) {
  const auto line = [](const auto& placed) { return placed ? placed->place.line : 0; };
  return {
      {Kind::attempts, line(expect.attempts), expect.attempts.has_value(), check_attempts},
      {Kind::opens, line(expect.opens), expect.opens.has_value(), check_opens},
      {Kind::gaps, expect.gaps.empty() ? 0 : expect.gaps[0].place.line, !expect.gaps.empty(),
       check_gaps},
      {Kind::every_gap, line(expect.every_gap), expect.every_gap.has_value(), nullptr},
      {Kind::growing, line(expect.growing), expect.growing.has_value(), check_growing},
      {Kind::curve, line(expect.curve), expect.curve.has_value(), check_curve},
      {Kind::gives_up, line(expect.gives_up), expect.gives_up.has_value(), check_gives_up},
      {Kind::request, 0, !expect.requests.empty(), check_requests},
      {Kind::closes_with, line(expect.closes_with), expect.closes_with.has_value(), check_closes},
      {Kind::detects, line(expect.detects), expect.detects.has_value(), check_detects},
      {Kind::recovers, line(expect.recovers), expect.recovers.has_value(), check_recovers},
      {Kind::sni, line(expect.sni), expect.sni.has_value(), check_tls},
      {Kind::exit_code, line(expect.exit_code), expect.exit_code.has_value(), check_client},
      {Kind::output, line(expect.output), expect.output.has_value(), nullptr},
      {Kind::memory, line(expect.memory), expect.memory.has_value(), nullptr},
      {Kind::messages, 0, false, check_messages}};
}

void run_checks(const Evidence& evidence, Verdict& verdict) {
  check_steps(evidence, verdict);
  const std::vector<Asked> all = all_asked(evidence.expect());
  for (const Asked& each : all)
    if (each.check != nullptr) each.check(evidence, verdict);
  for (const Asked& each : all)
    if (each.asked && !is_settled(verdict, each.kind)) hold(verdict, {each.kind}, each.line);
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
      undecided(verdict, failure.expectation, failure.line, why::CutOff{}, failure.attempt);
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

// What was not kept of a flood that the scenario puts up with; none where all is there.
Reason left_out(const Evidence& evidence) {
  Reason why;
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
  const bool steps = !evidence.passed_steps.empty();
  if (unseen == nullptr || steps || first_of(verdict, Status::held) != nullptr) return;
  verdict.outcome = Outcome::unsupported;
  verdict.reason = reason::NothingJudged{*unseen};
}

void decide(const Evidence& evidence, Verdict& verdict) {
  const bool interrupted = evidence.over_why == trace::Ended::interrupted;
  const bool unstarted = page_never_fetched(evidence);
  const Reason doubt = unstarted ? Reason(reason::Unstarted{}) : doubts(evidence);
  const bool certain = std::ranges::any_of(verdict.failures, [&](const Failure& each) {
    return !(each.timing && is_set(doubt)) && !(each.missing && (interrupted || unstarted));
  });
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
