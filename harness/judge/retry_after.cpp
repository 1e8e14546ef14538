// Whether the client waits for as long as a refusal asks it to.
#include "judge/checks.h"

namespace halfopen::judge {

void check_retry_after(const Evidence& evidence, Verdict& verdict) {
  for_each<trace::Answer>(evidence, [&](const trace::Event& event, const trace::Answer& answer) {
    const AttemptView* next = evidence.attempt(event.attempt + 1);
    if (answer.retry_after == Duration::zero() || !next || next->began < event.at) return;
    const Duration waited = next->began - event.at;
    if (waited >= answer.retry_after || verdict.warnings.size() >= most_failures) return;
    Failure warning{{Kind::retry_after},
                    event.line,
                    wanted::Patience{answer.retry_after, answer.status},
                    seen::Impatience{next->number, waited, next->began},
                    next->number};
    warning.measure = measured(DurationRange{answer.retry_after, forever}, waited,
                               evidence.tolerance(event.at, next->began));
    verdict.warnings.push_back(std::move(warning));
  });
}

}  // namespace halfopen::judge
