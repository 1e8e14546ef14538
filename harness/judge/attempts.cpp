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

void check_count(const Evidence& evidence, Verdict& verdict, const CountRange& range,
                 const std::vector<Duration>& times, const char* what, Failure failure) {
  const int count = static_cast<int>(times.size());
  if (range.contains(count)) return;
  failure.seen = with_times(what, times);
  if (count < range.lo)
    fail_missing(evidence, verdict, std::move(failure));
  else
    fail(evidence, verdict, std::move(failure));
}

}  // namespace

void check_attempts(const Evidence& evidence, Verdict& verdict) {
  std::vector<Duration> times;
  for (const AttemptView& attempt : evidence.attempts) times.push_back(attempt.began);
  const auto& wanted = evidence.expect().attempts;
  if (wanted)
    check_count(evidence, verdict, wanted->value, times, "attempt",
                {"attempts", wanted->place.line, format(wanted->value), ""});
  else
    check_count(evidence, verdict, {1, no_limit}, times, "attempt",
                {"attempts", 0, "at least one attempt", ""});
}

void check_opens(const Evidence& evidence, Verdict& verdict) {
  const auto& wanted = evidence.expect().opens;
  if (!wanted) return;
  std::vector<Duration> times;
  for (const AttemptView& attempt : evidence.attempts)
    if (attempt.opened) times.push_back(*attempt.opened);
  check_count(evidence, verdict, wanted->value, times, "open",
              {"opens", wanted->place.line, format(wanted->value), ""});
}

}  // namespace halfopen::judge
