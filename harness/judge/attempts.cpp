// How often the client tried, and how often it got through.
#include <algorithm>

#include "base/units.h"
#include "judge/checks.h"
#include "judge/words.h"

namespace halfopen::judge {
namespace {

// "2 attempts, at 0.00 s, 1.20 s"; a long list is cut.
std::string with_times(const char* what, const std::vector<Duration>& times) {
  constexpr std::size_t most = 8;
  std::string text = times.empty() ? std::string("no ") + what : count_of(times.size(), what);
  for (std::size_t i = 0; i < std::min(times.size(), most); ++i)
    text += (i == 0 ? ", at " : ", ") + moment(times[i]);
  return times.size() > most ? text + " …" : text;
}

}  // namespace

void check_attempts(const Evidence& evidence, Verdict& verdict) {
  std::vector<Duration> times;
  for (const AttemptView& attempt : evidence.attempts) times.push_back(attempt.began);
  const auto& wanted = evidence.expect().attempts;
  const CountRange range = wanted ? wanted->value : CountRange{1, no_limit};
  const int count = static_cast<int>(times.size());
  if (range.contains(count)) return;
  fail(evidence, verdict,
       {"attempts",
        wanted ? wanted->place.line : 0,
        wanted ? format(range) : "at least one attempt",
        with_times("attempt", times),
        0,
        {},
        count < range.lo});
}

void check_opens(const Evidence& evidence, Verdict& verdict) {
  const auto& wanted = evidence.expect().opens;
  if (!wanted) return;
  std::vector<Duration> times;
  for (const AttemptView& attempt : evidence.attempts)
    if (attempt.opened) times.push_back(*attempt.opened);
  const int count = static_cast<int>(times.size());
  if (wanted->value.contains(count)) return;
  fail(evidence, verdict,
       {"opens",
        wanted->place.line,
        format(wanted->value),
        with_times("open", times),
        0,
        {},
        count < wanted->value.lo});
}

}  // namespace halfopen::judge
