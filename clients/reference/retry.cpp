// Truncated exponential backoff with a random start and jitter.
#include "retry.h"

#include <algorithm>

namespace reference {
namespace {

/// A server that asks for more is not believed.
constexpr Duration longest_asked = 60s;

Duration scaled(Duration duration, double factor) {
  return std::chrono::duration_cast<Duration>(duration * factor);
}

}  // namespace

Decision Retry::after(const Ended& ended) {
  if (ended.uptime && policy_.final_codes.contains(ended.close_code)) return {};
  if (ended.uptime && *ended.uptime >= policy_.reset_after) retries_ = 0;
  if (policy_.max_retries && retries_ >= *policy_.max_retries) return {{}, true};
  ++retries_;
  if (ended.unresolved && !policy_.waits_after_look_up) return {Duration::zero(), false};
  const Duration delay = next_delay();
  if (!policy_.heeds_retry_after || !ended.asked_to_wait) return {delay, false};
  return {std::max(delay, std::min(*ended.asked_to_wait, longest_asked)), false};
}

Duration Retry::next_delay() {
  if (retries_ == 1) {
    const auto [lo, hi] = policy_.first_delay;
    unjittered_ = lo + scaled(hi - lo, draws_.unit());
    return unjittered_;
  }
  unjittered_ = std::min(scaled(unjittered_, policy_.factor), policy_.cap);
  const double share = 1 + policy_.jitter * (2 * draws_.unit() - 1);
  return std::min(scaled(unjittered_, share), policy_.cap);
}

}  // namespace reference
