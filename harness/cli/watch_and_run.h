// `run --watch`: this command line again and again, in a process of its own each time.
#pragma once

#include <string>
#include <vector>

namespace halfopen::cli {

/// Returns the exit code of the last run once a signal of base/signals.h or the words of somebody
/// at the terminal end it. Throws Error where files cannot be watched or nothing can be started.
[[nodiscard]] int watch_and_run(const std::vector<std::string>& scenarios,
                                const std::vector<std::string>& clients);

}  // namespace halfopen::cli
