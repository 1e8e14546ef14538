#include "run/ending.h"

#include <algorithm>

#include "scenario/story.h"

namespace halfopen::run {
namespace {

/// After its exit a client's last packets are still on their way.
constexpr Duration exit_grace = std::chrono::milliseconds(300);

/// What is broken for good is looked at for a little longer.
Duration after_failure(const scenario::Expect& expect) {
  return std::min<Duration>(expect.settle, std::chrono::seconds(1));
}

/// Until when reports count of which there may be too many.
Duration latest_by(const scenario::Expect& expect) {
  Duration latest{};
  for (const scenario::ClientEvent& event : expect.client_events)
    if (event.by && event.count.hi != no_limit) latest = std::max(latest, *event.by);
  return latest;
}

}  // namespace

Ending::Ending(const scenario::Scenario& scenario, Time start, Duration start_allowance)
    : expect_(scenario.expect),
      nothing_too_often_before_(start + latest_by(scenario.expect)),
      start_(start),
      start_allowance_(start_allowance),
      last_needed_(scenario::last_attempt_needed(scenario)),
      last_asked_for_(scenario::last_attempt_asked_for(scenario)) {}

bool Ending::silence_expected() const {
  return (expect_.gives_up && expect_.gives_up->value) ||
         (expect_.attempts && expect_.attempts->value.hi == 0);
}

bool Ending::all_seen(const Progress& progress) const {
  if (progress.attempts < last_needed_ || progress.waits_for_detection || progress.at_to_come)
    return false;
  if (expect_.opens && progress.opens < expect_.opens->value.lo) return false;
  return !expect_.exit_code && !silence_expected() && !progress.expects_earlier &&
         !progress.awaits_client;
}

/// When the run has settled, as things are; none while something is to come.
std::optional<Time> Ending::settled_at(const Progress& progress) const {
  if (!progress.settling_since || !all_seen(progress)) return std::nullopt;
  return std::max({*progress.settling_since + expect_.settle, nothing_too_often_before_,
                   progress.client_has_until.value_or(Time{})});
}

std::optional<trace::Ended> Ending::over(const Progress& progress, Time now) const {
  using trace::Ended;
  if (progress.lacks_offer) return Ended::unsupported;
  if (progress.client_exited_at && now >= *progress.client_exited_at + exit_grace)
    return Ended::client_exited;
  if (progress.step_failed_at && now >= *progress.step_failed_at + after_failure(expect_))
    return Ended::step_failed;
  if (progress.broken_at && now >= *progress.broken_at + after_failure(expect_))
    return Ended::expectation_failed;
  if (const auto settled = settled_at(progress); settled && now >= *settled) return Ended::settled;
  if (now >= latest()) return Ended::time;
  return std::nullopt;
}

Time Ending::deadline(const Progress& progress) const {
  Time next = latest();
  if (progress.client_exited_at) next = std::min(next, *progress.client_exited_at + exit_grace);
  for (const auto& failed : {progress.step_failed_at, progress.broken_at})
    if (failed) next = std::min(next, *failed + after_failure(expect_));
  if (const auto settled = settled_at(progress)) next = std::min(next, *settled);
  return next;
}

}  // namespace halfopen::run
