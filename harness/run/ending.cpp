#include "run/ending.h"

#include <algorithm>

namespace halfopen::run {
namespace {

/// After its exit a client's last packets are still on their way.
constexpr Duration exit_grace = std::chrono::milliseconds(300);

/// `growing` needs three gaps to be judged.
constexpr int attempts_for_growing = 4;

int last_spoken_of(const scenario::Scenario& scenario) {
  const scenario::Expect& expect = scenario.expect;
  if (expect.attempts) return expect.attempts->value.lo;
  int scripted = 0;
  for (const scenario::Attempt& attempt : scenario.attempts) scripted += attempt.times.value_or(1);
  int last =
      std::max({scripted, static_cast<int>(expect.gaps.size()) + 1, expect.every_gap ? 2 : 1});
  if (expect.growing && expect.growing->value) last = std::max(last, attempts_for_growing);
  if (expect.closes_with && expect.closes_with->value.attempt)
    last = std::max(last, *expect.closes_with->value.attempt);
  for (const auto& request : expect.requests) last = std::max(last, request.attempt.value_or(1));
  return last;
}

}  // namespace

Ending::Ending(const scenario::Scenario& scenario, bool client_reports, Time start,
               Duration start_allowance)
    : expect_(scenario.expect),
      client_reports_(client_reports),
      start_(start),
      start_allowance_(start_allowance),
      last_attempt_(last_spoken_of(scenario)) {}

bool Ending::silence_expected() const {
  return (expect_.gives_up && expect_.gives_up->value) ||
         (expect_.attempts && expect_.attempts->value.hi == 0);
}

bool Ending::all_seen(const Progress& progress) const {
  if (progress.attempts < last_attempt_ || progress.waits_for_detection || progress.at_to_come)
    return false;
  if (expect_.opens && progress.opens < expect_.opens->value.lo) return false;
  if (expect_.exit_code || silence_expected()) return false;
  // A client that reports without having said that it would is waited for, too.
  if (!client_reports_ && progress.client_events.empty()) return true;
  return std::all_of(expect_.client_events.begin(), expect_.client_events.end(),
                     [&](const scenario::ClientEvent& event) {
                       const auto seen = progress.client_events.find(event.event);
                       return event.count.lo <=
                              (seen == progress.client_events.end() ? 0 : seen->second);
                     });
}

std::optional<trace::Ended> Ending::over(const Progress& progress, Time now) const {
  using trace::Ended;
  if (progress.lacks_offer) return Ended::unsupported;
  if (progress.client_exited_at && now >= *progress.client_exited_at + exit_grace)
    return Ended::client_exited;
  if (progress.step_failed_at && now >= *progress.step_failed_at + expect_.settle)
    return Ended::step_failed;
  if (progress.settling_since && all_seen(progress) &&
      now >= *progress.settling_since + expect_.settle)
    return Ended::settled;
  if (now >= latest()) return Ended::time;
  return std::nullopt;
}

Time Ending::deadline(const Progress& progress) const {
  Time next = latest();
  if (progress.client_exited_at) next = std::min(next, *progress.client_exited_at + exit_grace);
  if (progress.step_failed_at) next = std::min(next, *progress.step_failed_at + expect_.settle);
  if (progress.settling_since && all_seen(progress))
    next = std::min(next, *progress.settling_since + expect_.settle);
  return next;
}

}  // namespace halfopen::run
