// Notices that the loop did not run when it should have: the process was stopped (SIGSTOP), the
// machine slept or was paused, or had no time for it. Pure: the clocks' times are arguments.
#pragma once

#include <algorithm>
#include <optional>

#include "base/time.h"

namespace halfopen::io {

class StallWatch {
 public:
  /// `slept`: by how much the clock that counts sleep is ahead (CLOCK_BOOTTIME over
  /// CLOCK_MONOTONIC).
  StallWatch(Time now, Duration slept) : seen_(now), slept_(slept) {}

  /// The loop runs again, and the earliest of its timers was `due`; none if it has none. How late
  /// it is, if that is more than `threshold`: to be asked before anything is done that comes after.
  /// Time is counted once, however often this is asked.
  [[nodiscard]] std::optional<Duration> woke(Time now, Duration slept, std::optional<Time> due,
                                             Duration threshold) {
    const Duration asleep = std::max(slept - slept_, Duration::zero());
    const Duration late =
        due ? std::max(now - std::max(*due, seen_), Duration::zero()) : Duration{};
    if (late + asleep <= threshold) return std::nullopt;
    slept_ = slept;
    seen_ = now;
    return late + asleep;
  }
  /// What was due by then has been done.
  void done(Time now) { seen_ = now; }

 private:
  Time seen_;
  Duration slept_;
};

}  // namespace halfopen::io
