// Runs whose traces were saved, judged again.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "judge/judge.h"
#include "report/report.h"

namespace halfopen::cli {

struct SavedRuns {
  std::vector<report::Result> results;  ///< In the order of the files that could be read.
  bool unreadable = false;              ///< One of them could not be: which and why has been said.
};

/// Judges them one by one, and then decides together what chance leaves open. `each` is called with
/// every result's place, in time to let go of its events.
[[nodiscard]] SavedRuns judge_files(
    const std::vector<std::string>& files, const judge::Options& options,
    const std::function<void(std::size_t, report::Result&)>& each = nullptr);

/// The exit code for them.
[[nodiscard]] int exit_code(const SavedRuns& runs, bool require_all);

}  // namespace halfopen::cli
