// --list: what would be run.
#pragma once

#include <vector>

#include "cli/batch.h"

namespace halfopen::cli {

/// Prints every pair with the link that it would take, or why it could not be run here, and how
/// many there are. Runs nothing.
void list_runs(const std::vector<Pair>& pairs, const BatchOptions& options, int repeat);

}  // namespace halfopen::cli
