#include "scenario/story.h"

#include <algorithm>
#include <type_traits>

#include "faults/arguments.h"
#include "faults/proxy_plan.h"
#include "faults/tls_plan.h"
#include "scenario/coins.h"
#include "ws/answer.h"
#include "ws/deflate.h"

namespace halfopen::scenario {
namespace {

using Kind = faults::Act::Kind;

bool acts_include(const FaultStep& step, std::initializer_list<Kind> kinds) {
  if (step.fault.fault == nullptr || step.fault.fault->acts == nullptr) return false;
  // Faults of frames only speak, and at length: a million fragments are not made to find out.
  if (step.fault.fault->layer == faults::Layer::frame) return false;
  const auto acts = step.fault.fault->acts(step.fault.arguments);
  return std::any_of(acts.begin(), acts.end(), [&](const faults::Act& act) {
    return std::find(kinds.begin(), kinds.end(), act.kind) != kinds.end();
  });
}

/// A flow can die in it without a sign.
bool may_silence(const link::Middlebox& middlebox) {
  return middlebox.idle || (middlebox.largest && !middlebox.largest->icmp);
}

bool is_silent(const link::Change& change) {
  return change.rebind || change.readdress ||
         change.state.value_or(link::State::up) != link::State::up ||
         (change.middlebox && may_silence(*change.middlebox));
}

bool is_silent_drop(const Step& step) {
  const auto* drop = std::get_if<FaultStep>(&step.body);
  return drop != nullptr && is_silent(*drop);
}

bool falls_silent(const Attempt& attempt) {
  if (is_received_silently(reception(attempt))) return true;
  return std::any_of(attempt.steps.begin(), attempt.steps.end(), is_silent_drop);
}

/// The last attempt that an expectation names, also one of which it says that something does not
/// happen in it; 0 if none does.
int last_attempt_named(const Expect& expect) {
  int last = expect.gaps.empty() ? 0 : static_cast<int>(expect.gaps.size()) + 1;
  const auto take = [&](const std::optional<int>& attempt) {
    last = std::max(last, attempt.value_or(0));
  };
  if (expect.closes_with) take(expect.closes_with->value.attempt);
  for (const auto& request : expect.requests) take(request.attempt);
  for (const auto& event : expect.client_events) take(event.attempt);
  for (const auto& message : expect.messages) take(message.attempt);
  return last;
}

/// Whether it sends RSV1 as a bit that nobody has agreed on.
bool wants_rsv1_unused(const Step& step) {
  const auto* use = std::get_if<FaultStep>(&step.body);
  return use != nullptr && use->fault.fault->name == "rsv" &&
         (faults::argument<std::int64_t>(use->fault.arguments, "bits") & ws::rsv1) != 0;
}

}  // namespace

bool lets_through(const ProxyFault& proxy) {
  return !proxy || faults::proxy_plan(proxy->value).lets_through();
}

bool accepts_deflate(const Scenario& scenario, const Attempt* attempt) {
  if (scenario.server.deflate == DeflatePolicy::declined) return false;
  return attempt == nullptr ||
         std::none_of(attempt->steps.begin(), attempt->steps.end(), wants_rsv1_unused);
}

bool can_open(const Tls& tls) {
  if (!tls) return true;
  const faults::TlsPlan plan = faults::tls_plan(tls->value);
  return plan.demand != faults::TlsPlan::Demand::must_fail || plan.needs_alpn ||
         plan.needs_status_request;
}

bool can_open(const Handshake& handshake) {
  if (handshake.never || handshake.status || handshake.raw) return false;
  if (!handshake.fault || handshake.fault->fault->spoil == nullptr) return true;
  // The key of RFC 6455, section 1.3; any would do.
  ws::Answer answer = ws::correct_answer("dGhlIHNhbXBsZSBub25jZQ==", "");
  handshake.fault->fault->spoil(answer, handshake.fault->arguments, {});
  return answer.valid;
}

faults::Reception reception(const Attempt& attempt) {
  if (!attempt.port) return {.served = true};
  return attempt.port->fault->receive(attempt.port->arguments);
}

bool is_received_silently(const faults::Reception& reception) {
  return reception.answer == faults::Reception::Answer::accept && !reception.served &&
         !reception.end;
}

bool can_open(const Attempt& attempt) {
  const Attempt best = luckiest(attempt);
  return resolution_of(&best).resolves() && reception(best).served && lets_through(best.proxy) &&
         can_open(best.tls) && can_open(best.handshake);
}

bool invites_alert(const Attempt& attempt, std::string_view fault) {
  const auto meant = [&](const faults::Use& use) {
    return fault.empty() || use.fault->name == fault;
  };
  if (attempt.tls && meant(attempt.tls->value)) {
    const faults::TlsPlan plan = faults::tls_plan(attempt.tls->value);
    if (plan.breaks_off == faults::TlsPlan::BreakOff::never && !plan.server.demands_certificate)
      return true;
  }
  return std::any_of(attempt.steps.begin(), attempt.steps.end(), [&](const Step& step) {
    const auto* drop = std::get_if<FaultStep>(&step.body);
    return drop != nullptr && meant(drop->fault) && acts_include(*drop, {Kind::bare});
  });
}

faults::Resolution resolution_of(const Attempt* attempt) {
  faults::Resolution resolution;
  if (attempt != nullptr && attempt->dns)
    attempt->dns->fault->mislead(resolution, attempt->dns->arguments);
  return resolution;
}

bool has_dns(const Scenario& scenario) {
  return std::any_of(scenario.attempts.begin(), scenario.attempts.end(),
                     [](const Attempt& attempt) { return attempt.dns.has_value(); });
}

bool ends_connection(const Step& step) {
  if (step.chance < 1) return false;
  if (const auto* close = std::get_if<CloseStep>(&step.body)) return close->finish;
  if (const auto* drop = std::get_if<FaultStep>(&step.body))
    return acts_include(*drop, {Kind::finish, Kind::cut, Kind::reset, Kind::vanish, Kind::ignore});
  return false;
}

bool needs_connection(const Step& step) {
  return std::visit(
      [](const auto& body) {
        using T = std::decay_t<decltype(body)>;
        return !std::is_same_v<T, WaitStep> && !std::is_same_v<T, LinkStep> &&
               !std::is_same_v<T, TellStep> && !std::is_same_v<T, ReadStep> &&
               !std::is_same_v<T, WriteStep>;
      },
      step.body);
}

bool is_silent(const FaultStep& step) { return acts_include(step, {Kind::vanish, Kind::ignore}); }

bool has_silence(const Scenario& scenario) {
  const auto made = changes(scenario);
  return may_silence(scenario.link.middlebox) ||
         std::any_of(made.begin(), made.end(),
                     [](const link::Change& change) { return is_silent(change); }) ||
         std::any_of(scenario.attempts.begin(), scenario.attempts.end(), falls_silent) ||
         std::ranges::any_of(endings(scenario), is_silent_drop);
}

bool rules_answer(const Scenario& scenario, const Attempt* attempt) {
  const auto answers = [](const Reply& rule) { return rule.to == Occasion::message; };
  return std::ranges::any_of(scenario.replies, answers) ||
         (attempt != nullptr && std::ranges::any_of(attempt->replies, answers));
}

std::vector<Step> endings(const Scenario& scenario) {
  std::vector<Step> all;
  const auto add = [&](const std::vector<Reply>& rules) {
    for (const Reply& rule : rules)
      if (rule.then) all.push_back(*rule.then);
  };
  add(scenario.replies);
  for (const Attempt& attempt : scenario.attempts) add(attempt.replies);
  return all;
}

std::vector<link::Change> changes(const Scenario& scenario) {
  std::vector<link::Change> all;
  for (const Attempt& attempt : scenario.attempts)
    for (const Step& step : attempt.steps)
      if (const auto* link = std::get_if<LinkStep>(&step.body)) all.push_back(link->change);
  for (const At& at : scenario.at)
    if (at.link) all.push_back(*at.link);
  for (const When& when : scenario.when)
    if (when.link) all.push_back(*when.link);
  return all;
}

bool expects_something(const Step& step) {
  const auto* ping = std::get_if<PingStep>(&step.body);
  return std::holds_alternative<ExpectStep>(step.body) ||
         std::holds_alternative<ExpectCloseStep>(step.body) ||
         (ping != nullptr && ping->pong_within.has_value());
}

int last_attempt_needed(const Scenario& scenario) {
  // `growing` and `curve` need three gaps to be judged.
  constexpr int attempts_for_a_curve = 4;
  const Expect& expect = scenario.expect;
  const int named = last_attempt_named(expect);
  if (expect.attempts) return std::max(expect.attempts->value.lo, named);
  int last = expect.every_gap ? 2 : 1;
  int scripted = 0;
  for (const Attempt& attempt : scenario.attempts) scripted += attempt.times.value_or(1);
  last = std::max({last, scripted, named});
  if ((expect.growing && expect.growing->value) || expect.curve)
    last = std::max(last, attempts_for_a_curve);
  return last;
}

int last_attempt_asked_for(const Scenario& scenario) {
  const int needed = last_attempt_needed(scenario);
  const auto& attempts = scenario.expect.attempts;
  if (attempts && attempts->value.hi == 0) return needed;
  int scripted = 0;
  for (const Attempt& attempt : scenario.attempts) scripted += attempt.times.value_or(0);
  return std::max({1, needed, scripted});
}

}  // namespace halfopen::scenario
