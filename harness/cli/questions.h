// What `halfopen new` asks where it is not told by options.
#pragma once

#include <istream>
#include <optional>
#include <ostream>
#include <string>

#include "scenario/new_scenario.h"

namespace halfopen::cli {

/// Asks for what goes wrong, when, how often, and what the client is to do; an empty line takes
/// what stands in brackets. None where the input ends before the last answer.
[[nodiscard]] std::optional<scenario::NewScenario> ask(std::istream& in, std::ostream& out);

/// `text` as a duration; throws Error.
[[nodiscard]] Duration read_after(const std::string& text);

}  // namespace halfopen::cli
