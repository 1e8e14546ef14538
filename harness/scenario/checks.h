// What cannot be said of one value alone.
#pragma once

#include "scenario/problems.h"
#include "scenario/scenario.h"

namespace halfopen::scenario {

/// Attempts, steps and changes that can never happen.
void check_story(const Scenario& scenario, Problems& problems);
/// Proxies where they cannot stand, and what can never happen behind them.
void check_proxy(const Scenario& scenario, const Attempt& attempt, Problems& problems);
/// Contradictory expectations and those that nothing could decide. `place`: of [expect].
void check_expectations(const Scenario& scenario, Place place, Problems& problems);

}  // namespace halfopen::scenario
