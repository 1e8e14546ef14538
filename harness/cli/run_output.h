// What `run` prints when all has ended.
#pragma once

#include <vector>

#include "cli/run_options.h"
#include "report/deviations.h"

namespace halfopen::cli {

/// One run is told whole; of many, what went wrong, and the matrix. Quiet: the matrix only.
void print_results(const std::vector<report::Result>& results, const RunOptions& options);

/// What is wrong, by cause, and what to type next: quiet, where anything failed, and else where
/// several runs did. Failures that are `known` are none.
void print_causes(const std::vector<report::Result>& results, const RunOptions& options,
                  const report::KnownByClient& known);

}  // namespace halfopen::cli
