// What a scenario does, drawn like the timeline of a run: a block for each of its attempts with its
// steps and when they come, and one for what the clock brings.
#pragma once

#include <string>

#include "scenario/scenario.h"

namespace halfopen::scenario {

/// Many lines.
[[nodiscard]] std::string draw_story(const Scenario& scenario);

}  // namespace halfopen::scenario
