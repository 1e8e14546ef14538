// Fifth stage: the way takes time, and not always the same.
#pragma once

#include "link/passage.h"

namespace halfopen::link {

class DelayStage {
 public:
  void change(const Settings& settings, Time now);
  void pass(Passage& passage);

 private:
  Duration delay_{};
  Duration jitter_{};
  Distribution distribution_ = Distribution::uniform;
};

/// One draw of the jitter, to be added to the delay. Uniform: in [−jitter, jitter). Normal: with
/// mean 0 and standard deviation `jitter`, drawn again beyond three of them. Pareto: 0 or more,
/// P(excess > x) = (1 + x / 2 jitter)^−3, whose mean is `jitter` and whose variance is finite.
[[nodiscard]] Duration draw_jitter(Duration jitter, Distribution distribution, Draws draws);

}  // namespace halfopen::link
