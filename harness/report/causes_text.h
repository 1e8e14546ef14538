// What is wrong with the clients of many runs, by cause, for a terminal.
#pragma once

#include <string>
#include <vector>

#include "report/cause_groups.h"

namespace halfopen::report {

/// For each group what the client does, what that means, and the shortest scenario that shows it;
/// "" for none.
[[nodiscard]] std::string causes_text(const std::vector<CauseGroup>& groups, const Style& style);

}  // namespace halfopen::report
