// How late a link was: actual minus asked, for every unit that had to wait.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "base/time.h"

namespace halfopen::io {

class Lateness {
 public:
  /// Samples beyond this many are not kept; the maximum always is.
  static constexpr std::size_t most_samples = 50'000;

  void add(Duration late) {
    longest_ = std::max(longest_, late);
    if (samples_.size() < most_samples) samples_.push_back(late);
  }
  /// `share` from 0 to 1: 0.5 is the median. Zero without samples.
  [[nodiscard]] Duration quantile(double share) const {
    if (samples_.empty()) return {};
    std::vector<Duration> sorted = samples_;
    const auto at = static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1));
    std::nth_element(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(at),
                     sorted.end());
    return sorted[at];
  }
  [[nodiscard]] Duration longest() const { return longest_; }

 private:
  std::vector<Duration> samples_;
  Duration longest_{};
};

}  // namespace halfopen::io
