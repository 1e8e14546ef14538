// The invariant about connections side by side, which is good sense.
#include <algorithm>

#include "judge/checks.h"

namespace halfopen::judge {
namespace {

void take_earliest(Duration& moment_of, const std::optional<Duration>& other) {
  if (other) moment_of = std::min(moment_of, *other);
}

// Until when an open connection counted as alive for the client. After its own Close frame it is
// closing; and once it fell silent the client's Close cannot be seen, so that a successor is not
// held against it (`detects` says whether it ever left the old one).
Duration alive_until(const AttemptView& attempt) {
  Duration until = forever;
  for (const auto& end : {attempt.ended, attempt.closing, attempt.silent_since, attempt.over})
    take_earliest(until, end);
  return until;
}

}  // namespace

void check_one_connection(const Evidence& evidence, Verdict& verdict) {
  if (evidence.waives("one-connection")) return;
  std::vector<const AttemptView*> opened;
  for (const AttemptView& attempt : evidence.attempts)
    if (attempt.opened) opened.push_back(&attempt);
  std::ranges::stable_sort(opened, {}, [](const AttemptView* each) { return *each->opened; });
  const AttemptView* longest = nullptr;
  for (const AttemptView* attempt : opened) {
    if (longest && alive_until(*longest) > *attempt->opened + simultaneous) {
      fail(evidence, verdict,
           {invariant("one-connection"), 0, wanted::Rule::one_connection,
            seen::Overlap{false, attempt->number, *attempt->opened, longest->number,
                          alive_until(*longest)},
            attempt->number});
      return;
    }
    if (!longest || alive_until(*attempt) > alive_until(*longest)) longest = attempt;
  }
  if (longest) hold_unbroken(evidence, verdict, invariant("one-connection"));
}

}  // namespace halfopen::judge
