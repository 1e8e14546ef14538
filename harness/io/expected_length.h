// How long a run will take, as far as its scenario tells.
#pragma once

#include "scenario/scenario.h"

namespace halfopen::io {

/// What a client waits for at the least if it does as expected (waits of steps, delays, shortest
/// gaps, silence, `settle`), and a quarter of what is left up to `within`, which a client that
/// fails may use up. Only to begin with the longest: nothing else depends on it.
[[nodiscard]] Duration expected_length(const scenario::Scenario& scenario);

}  // namespace halfopen::io
