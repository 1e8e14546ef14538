// What lies behind a failure: what the client does wrong, and what that means for the people who
// use it. Many scenarios fail for one cause.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "judge/decision.h"
#include "judge/timeline.h"
#include "report/report.h"

namespace halfopen::report {

struct Cause {
  std::string_view name;   ///< A word for programs: "no-detection".
  std::string_view does;   ///< Of the client: "does not notice in time that a connection is dead".
  std::string_view means;  ///< For the application's users, in one or two sentences.
};

/// All that there are: what brings others with it comes before them.
[[nodiscard]] std::span<const Cause> causes();
/// One of these; `attempts`: those of the run, by which a client that has not come back is told
/// from one that has not noticed that it was to.
[[nodiscard]] const Cause& cause_of(const judge::Failure& failure,
                                    const std::vector<judge::AttemptView>& attempts);
/// Of all that failed in a run the one that explains the rest: the first in the order of causes().
/// Null where nothing failed.
[[nodiscard]] const Cause* cause_of(const Result& result);
/// The first failure of a run with that cause. Null where nothing failed.
[[nodiscard]] const judge::Failure* main_failure(const Result& result);

}  // namespace halfopen::report
