// Invariants about connections side by side (RFC 6455, section 4.1, item 2, and good sense).
#include <algorithm>
#include <array>

#include "judge/checks.h"

namespace halfopen::judge {
namespace {

void take_earliest(Duration& moment_of, const std::optional<Duration>& other) {
  if (other) moment_of = std::min(moment_of, *other);
}

// Until when the attempt was surely in CONNECTING. What fell silent is not held against the
// client: its giving up may not be seen. An attempt that nothing answered lasts to its last SYN.
Duration connecting_until(const AttemptView& attempt) {
  Duration until = forever;
  for (const auto& end : {attempt.opened, attempt.ended, attempt.over}) take_earliest(until, end);
  if (attempt.accepted) take_earliest(until, attempt.silent_since);
  if (until == forever && !attempt.accepted) until = attempt.last_sign;
  return until;
}

// 1 for IPv6. Clients may race the two families of a host's addresses (RFC 8305).
std::size_t family(const AttemptView& attempt) { return attempt.peer.starts_with('[') ? 1 : 0; }

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

void check_one_connecting(const Evidence& evidence, Verdict& verdict) {
  if (evidence.waives("one-connecting")) return;
  std::array<const AttemptView*, 2> longest_of{};
  for (const AttemptView& attempt : evidence.attempts) {
    const AttemptView*& longest = longest_of[family(attempt)];
    if (longest && connecting_until(*longest) > attempt.began + simultaneous) {
      fail(evidence, verdict,
           {invariant("one-connecting"), 0, wanted::Rule::one_connecting,
            seen::Overlap{true, attempt.number, attempt.began, longest->number,
                          connecting_until(*longest)},
            attempt.number});
      return;
    }
    if (!longest || connecting_until(attempt) > connecting_until(*longest)) longest = &attempt;
  }
  if (!evidence.attempts.empty()) hold_unbroken(evidence, verdict, invariant("one-connecting"));
}

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
