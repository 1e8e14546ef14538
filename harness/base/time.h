// Time and durations. Nothing below io reads a clock: the time is always an argument.
#pragma once

#include <chrono>

namespace halfopen {

/// A span of time, in nanoseconds. Reports and traces print microseconds.
using Duration = std::chrono::nanoseconds;

/// The monotonic clock as a type only: it has no now(), so that the core cannot read it.
/// Its epoch is whatever the caller counts from (CLOCK_MONOTONIC in io, zero in tests).
struct Monotonic {
  using duration = Duration;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<Monotonic>;
  static constexpr bool is_steady = true;
};

/// A moment on the monotonic clock.
using Time = Monotonic::time_point;

inline constexpr Duration forever = Duration::max();

}  // namespace halfopen
