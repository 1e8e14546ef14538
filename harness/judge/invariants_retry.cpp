// Invariants about trying again.
#include <algorithm>
#include <map>

#include "judge/checks.h"
#include "judge/field_name.h"
#include "judge/gaps.h"

namespace halfopen::judge {
namespace {

// Retries closer than this, more than thrice in a row, are a hot loop.
constexpr Duration hot = std::chrono::milliseconds(100);
constexpr std::size_t hot_in_a_row = 4;

// Short even if halfopen saw the end of the attempt late.
bool is_hot(const Evidence& evidence, const AttemptView& attempt, Duration next_began) {
  if (!attempt.gap_to_next || attempt.overlapped || *attempt.gap_to_next >= hot) return false;
  const Duration ended = next_began - *attempt.gap_to_next;
  return *attempt.gap_to_next + evidence.lag_between(ended, next_began) < hot;
}

bool says_that_it_gave_up(const trace::Event& event) {
  const auto* report = std::get_if<trace::ClientEvent>(&event.body);
  return report != nullptr && report->reported == trace::Report::gave_up;
}

}  // namespace

void check_fresh_key(const Evidence& evidence, Verdict& verdict) {
  if (evidence.waives("fresh-key")) return;
  std::map<std::string, int> attempt_of;  // By key.
  bool failed = false;
  for_each<trace::Request>(evidence, [&](const trace::Event& event, const auto& request) {
    for (const auto& [name, value] : request.headers) {
      if (failed || !same_name(name, "Sec-WebSocket-Key")) continue;
      const auto [before, fresh] = attempt_of.emplace(value, event.attempt);
      if (fresh || before->second == event.attempt) continue;
      failed = true;
      fail(evidence, verdict,
           {invariant("fresh-key"), 0, wanted::Rule::fresh_key,
            seen::SameKey{before->second, event.attempt, value}, event.attempt});
    }
  });
  if (!attempt_of.empty()) hold_unbroken(evidence, verdict, invariant("fresh-key"));
}

void check_no_hot_loop(const Evidence& evidence, Verdict& verdict) {
  if (evidence.waives("no-hot-loop")) return;
  const auto& attempts = evidence.attempts;
  std::size_t row = 0;
  std::size_t longest = 0;
  for (std::size_t i = 0; i + 1 < attempts.size(); ++i) {
    if (open_before(evidence, attempts[i]) > Duration::zero()) row = 0;
    row = is_hot(evidence, attempts[i], attempts[i + 1].began) ? row + 1 : 0;
    longest = std::max(longest, row);
    if (row < hot_in_a_row) continue;
    const int last = attempts[i + 1].number;
    seen::HotLoop loop{attempts[i + 2 - row].number, last, {}};
    for (std::size_t k = i + 1 - row; k <= i; ++k) loop.gaps.push_back(*attempts[k].gap_to_next);
    Failure failure{invariant("no-hot-loop"), 0, wanted::Rule::no_hot_loop, std::move(loop), last};
    fail(evidence, verdict, std::move(failure));
    return;
  }
  constexpr CountRange allowed{0, static_cast<int>(hot_in_a_row) - 1};
  if (!attempts.empty())
    hold_unbroken(evidence, verdict, invariant("no-hot-loop"),
                  measured(allowed, static_cast<int>(longest)));
}

void check_silence_after_giving_up(const Evidence& evidence, Verdict& verdict) {
  if (evidence.waives("silence-after-giving-up")) return;
  std::optional<Duration> gave_up_at;
  bool gave_up = false;
  for (const trace::Event& event : evidence.trace.events) {
    if (std::holds_alternative<trace::Told>(event.body)) gave_up_at.reset();
    if (says_that_it_gave_up(event)) {
      gave_up_at = event.at;
      gave_up = true;
    }
    if (!gave_up_at || !std::holds_alternative<trace::AttemptBegins>(event.body)) continue;
    fail(evidence, verdict,
         {invariant("silence-after-giving-up"), 0, wanted::Rule::silence_after_giving_up,
          seen::Comeback{*gave_up_at, event.attempt, event.at}, event.attempt});
    return;
  }
  if (gave_up) hold_unbroken(evidence, verdict, invariant("silence-after-giving-up"));
}

}  // namespace halfopen::judge
