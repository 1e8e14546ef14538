#include "run/pace.h"

#include <algorithm>
#include <cmath>

namespace halfopen::run {
namespace {

/// A process that is busy looks after each of its connections now and then.
constexpr Duration interval = std::chrono::milliseconds(100);

/// A grant that comes late is for the time since the last one, up to this: a server is not slower
/// than the scenario says because halfopen is.
constexpr Duration longest = std::chrono::seconds(1);

}  // namespace

std::optional<std::uint64_t> Pace::grant(Time now) {
  if (!rate_) return std::nullopt;
  if (*rate_ <= 0 || now < granted_ + interval) return 0;
  const double seconds = std::chrono::duration<double>(std::min(now - granted_, longest)).count();
  granted_ = now;
  return static_cast<std::uint64_t>(std::max(1.0, std::floor(*rate_ / 8 * seconds)));
}

std::optional<Time> Pace::deadline() const {
  if (!rate_ || *rate_ <= 0) return std::nullopt;
  return granted_ + interval;
}

}  // namespace halfopen::run
