// Whether the client waits for as long as a refusal asks it to.
#include <fmt/format.h>

#include "judge/checks.h"
#include "judge/words.h"

namespace halfopen::judge {

void check_retry_after(const Evidence& evidence, Verdict& verdict) {
  for_each<trace::Answer>(evidence, [&](const trace::Event& event, const trace::Answer& answer) {
    const AttemptView* next = evidence.attempt(event.attempt + 1);
    if (answer.retry_after == Duration::zero() || !next || next->began < event.at) return;
    const Duration waited = next->began - event.at;
    if (waited >= answer.retry_after || verdict.warnings.size() >= most_failures) return;
    verdict.warnings.push_back(
        {"retry-after", event.line,
         fmt::format("no attempt for {} after HTTP {} with Retry-After (RFC 9110, section "
                     "10.2.3)",
                     span(answer.retry_after), answer.status),
         fmt::format("attempt {} began {} after it, at {}", next->number, span(waited),
                     moment(next->began)),
         next->number});
  });
}

}  // namespace halfopen::judge
