// When the steps of an attempt come, as far as the scenario alone can say.
#pragma once

#include <optional>
#include <vector>

#include "base/time.h"
#include "scenario/step.h"

namespace halfopen::scenario {

/// Since the opening of the connection.
struct StepTime {
  Duration earliest{};
  std::optional<Duration> latest = Duration::zero();  ///< None: nothing says.
};

/// When each of the steps happens; of one that waits, when its waiting is over.
[[nodiscard]] std::vector<StepTime> step_times(const std::vector<Step>& steps);

}  // namespace halfopen::scenario
