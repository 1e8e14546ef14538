// The invariant about attempts side by side (RFC 6455, section 4.1, item 2), but for those that
// race the addresses of one look-up (RFC 8305).
#include <algorithm>

#include "judge/checks.h"
#include "judge/look_ups.h"

namespace halfopen::judge {
namespace {

void take_earliest(Duration& moment_of, const std::optional<Duration>& other) {
  if (other) moment_of = std::min(moment_of, *other);
}

// Until when the attempt was surely in CONNECTING. What fell silent is not held against the
// client: its giving up may not be seen. An attempt that nothing answered lasts to its last SYN.
Duration connecting_until(const AttemptView& attempt) {
  // The RST to a late SYN-ACK says that it had been given up, and not when.
  if (attempt.given_up_unseen) return attempt.last_sign;
  Duration until = forever;
  for (const auto& end : {attempt.opened, attempt.ended, attempt.over}) take_earliest(until, end);
  if (attempt.accepted) take_earliest(until, attempt.silent_since);
  if (until == forever && !attempt.accepted) until = attempt.last_sign;
  return until;
}

enum class Family { ipv4, ipv6, either };

struct Connecting {
  const AttemptView* attempt = nullptr;
  Duration until{};
  std::size_t look_up = 0;
  Family family = Family::ipv4;
};

// Of an attempt that began with its look-up only the families are known that this has found.
Connecting connecting(const AttemptView& attempt, const LookUps& look_ups) {
  const auto used = look_ups.used_by.find(attempt.number);
  const LookUps::Use use = used == look_ups.used_by.end() ? LookUps::Use{} : used->second;
  const Addresses& found = look_ups.found[use.look_up];
  Family family = attempt.peer.starts_with('[') ? Family::ipv6 : Family::ipv4;
  if (use.began && found.ipv4 > 0 && found.ipv6 > 0) family = Family::either;
  if (use.began && found.ipv4 + found.ipv6 > 0 && family != Family::either)
    family = found.ipv6 > 0 ? Family::ipv6 : Family::ipv4;
  return {&attempt, connecting_until(attempt), use.look_up, family};
}

// Whether there are no more at once than there are addresses: one of each family at least, where
// clients know a host without asking.
bool may_race(const std::vector<Connecting>& together, const Addresses& found) {
  const auto of = [&](Family family) {
    return static_cast<std::size_t>(std::ranges::count(together, family, &Connecting::family));
  };
  const std::size_t most4 = std::max<std::size_t>(found.ipv4, 1);
  const std::size_t most6 = std::max<std::size_t>(found.ipv6, 1);
  return of(Family::ipv4) <= most4 && of(Family::ipv6) <= most6 && together.size() <= most4 + most6;
}

// Whether another look-up led to it: then no address of one family is beside another.
bool is_apart(const Connecting& one, const Connecting& other) {
  return one.look_up != other.look_up &&
         one.attempt->peer.starts_with('[') == other.attempt->peer.starts_with('[');
}

}  // namespace

void check_one_connecting(const Evidence& evidence, Verdict& verdict) {
  if (evidence.waives("one-connecting")) return;
  const LookUps found = look_ups(evidence.trace, evidence.scenario.server.host);
  std::vector<Connecting> together;
  for (const AttemptView& attempt : evidence.attempts) {
    std::erase_if(together, [&](const Connecting& each) {
      return each.until <= attempt.began + simultaneous;
    });
    const Connecting next = connecting(attempt, found);
    const bool apart =
        std::ranges::any_of(together, [&](const auto& each) { return is_apart(each, next); });
    together.push_back(next);
    if (!apart && may_race(together, found.found[next.look_up])) continue;
    together.pop_back();
    const auto longest = std::ranges::max_element(together, {}, &Connecting::until);
    return fail(evidence, verdict,
                {invariant("one-connecting"), 0, wanted::Rule::one_connecting,
                 seen::Overlap{true, attempt.number, attempt.began, longest->attempt->number,
                               longest->until},
                 attempt.number});
  }
  if (!evidence.attempts.empty()) hold_unbroken(evidence, verdict, invariant("one-connecting"));
}

}  // namespace halfopen::judge
