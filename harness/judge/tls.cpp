// What the client says in TLS: the host that it wants, and what it finds wrong.
#include <algorithm>

#include "judge/checks.h"
#include "scenario/story.h"

namespace halfopen::judge {
namespace {

// Where halfopen was later than this in all, an alert may have come and not been read.
constexpr Duration late_alert = std::chrono::milliseconds(100);

// The alert that the client sent in that attempt; "" if it sent none.
std::string alert_of(const Evidence& evidence, int attempt) {
  std::string alert;
  for_each<trace::TlsFailed>(evidence, [&](const trace::Event& event, const auto& failed) {
    if (event.attempt == attempt && failed.from == trace::Side::client) alert = failed.alert;
  });
  return alert;
}

// The first attempt to come that meets a fault about which a client sends an alert.
std::optional<int> next_to_meet_one(const Evidence& evidence) {
  const int begun = evidence.attempts.empty() ? 0 : evidence.attempts.back().number;
  int scripted = 0;
  for (const scenario::Attempt& table : evidence.scenario.attempts)
    scripted += table.times.value_or(1);
  for (int next = begun + 1; next <= scripted; ++next) {
    const scenario::Attempt* table = scenario::attempt_for(evidence.scenario, next);
    if (table != nullptr && scenario::invites_alert(*table, "")) return next;
  }
  return std::nullopt;
}

void check_alerts(const Evidence& evidence, Verdict& verdict) {
  const auto& wanted = *evidence.expect().tls_alert;
  const int line = wanted.place.line;
  bool struck_any = false;
  for_each<trace::FaultStruck>(evidence, [&](const trace::Event& event, const auto& struck) {
    const scenario::Attempt* table = scenario::attempt_for(evidence.scenario, event.attempt);
    if (table == nullptr || !scenario::invites_alert(*table, struck.name)) return;
    struck_any = true;
    const std::string alert = alert_of(evidence, event.attempt);
    if (std::ranges::count(wanted.value, alert) > 0) return;
    if (verdict.warnings.size() >= most_failures) return;
    Failure warning{{Kind::tls_alert},
                    line,
                    wanted::Alert{wanted.value, struck.name},
                    seen::Alert{alert},
                    event.attempt};
    warning.missing = alert.empty();
    warning.timing = alert.empty() && evidence.lag_between(event.at, evidence.run_end) > late_alert;
    verdict.warnings.push_back(std::move(warning));
  });
  if (struck_any && !is_settled(verdict, Kind::tls_alert))
    return hold(verdict, {Kind::tls_alert}, line);
  const auto next = next_to_meet_one(evidence);
  if (!struck_any && next)
    undecided(verdict, {Kind::tls_alert}, line, why::NoAttempt{*next}, *next);
}

void check_sni(const Evidence& evidence, Verdict& verdict) {
  const auto& wanted = *evidence.expect().sni;
  bool seen = false;
  for_each<trace::TlsOpened>(evidence, [&](const trace::Event& event, const auto& opened) {
    seen = true;
    if (opened.server_name == wanted.value) return;
    fail(evidence, verdict,
         {{Kind::sni},
          wanted.place.line,
          wanted::HostName{wanted.value},
          seen::HostName{opened.server_name},
          event.attempt});
  });
  if (seen && !is_settled(verdict, Kind::sni)) return hold(verdict, {Kind::sni}, wanted.place.line);
  if (!seen)
    fail_missing(
        evidence, verdict,
        {{Kind::sni}, wanted.place.line, wanted::HostName{wanted.value, true}, seen::NoTls{}});
}

}  // namespace

void check_tls(const Evidence& evidence, Verdict& verdict) {
  if (evidence.expect().tls_alert) check_alerts(evidence, verdict);
  if (evidence.expect().sni) check_sni(evidence, verdict);
}

}  // namespace halfopen::judge
