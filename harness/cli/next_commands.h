// What to type next, after runs that failed.
#pragma once

#include <string>
#include <vector>

#include "cli/run_options.h"
#include "report/cause_groups.h"

namespace halfopen::cli {

/// At most five commands, each with what it is good for; "" where nothing failed. `own`: the
/// command line that all of this came of.
[[nodiscard]] std::string next_commands(const std::vector<report::CauseGroup>& groups,
                                        const RunOptions& options,
                                        const std::vector<std::string>& own);

}  // namespace halfopen::cli
