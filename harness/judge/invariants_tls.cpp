// What a client does about TLS that it must not accept: it sends no HTTP request.
#include <algorithm>

#include "faults/tls_plan.h"
#include "judge/checks.h"

namespace halfopen::judge {
namespace {

using faults::TlsPlan;

constexpr std::string_view rule = "fails-bad-tls";

// The fault of TLS that struck in that attempt; null if none did.
const faults::Use* struck_by(const Evidence& evidence, int number) {
  const scenario::Attempt* table = scenario::attempt_for(evidence.scenario, number);
  const AttemptView* attempt = evidence.attempt(number);
  if (table == nullptr || attempt == nullptr || !table->tls) return nullptr;
  const faults::Use& use = table->tls->value;
  for (const std::string& name : attempt->faults)
    if (name == use.fault->name) return &use;
  return nullptr;
}

}  // namespace

void check_fails_bad_tls(const Evidence& evidence, Verdict& verdict) {
  if (evidence.waives(rule)) return;
  const bool any_bad = std::ranges::any_of(evidence.attempts, [&](const AttemptView& attempt) {
    const faults::Use* use = struck_by(evidence, attempt.number);
    return use != nullptr && faults::tls_plan(*use).demand == TlsPlan::Demand::must_fail;
  });
  for_each<trace::Request>(evidence, [&](const trace::Event& event, const trace::Request&) {
    const faults::Use* use = struck_by(evidence, event.attempt);
    if (use == nullptr) return;
    const TlsPlan::Demand demand = faults::tls_plan(*use).demand;
    if (demand == TlsPlan::Demand::may_open) return;
    const bool must = demand == TlsPlan::Demand::must_fail;
    Failure failure{must ? invariant(rule) : Expectation{Kind::should_refuse}, 0,
                    wanted::NoRequest{use->fault}, seen::Request{event.at}, event.attempt};
    if (must)
      fail(evidence, verdict, std::move(failure));
    else if (verdict.warnings.size() < most_failures)
      verdict.warnings.push_back(std::move(failure));
  });
  if (any_bad) hold_unbroken(evidence, verdict, invariant(rule));
}

}  // namespace halfopen::judge
