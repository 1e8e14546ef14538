// What GitHub Actions shows of a job: annotations beside lines of a file, and a summary.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "report/deviations.h"
#include "report/report.h"

namespace halfopen::report {

/// Workflow commands, a line each: an error for each cause of failures that are not known, at the
/// line of the scenario that shows it best, one for each reason why runs could not be carried out,
/// and one for all that is better than it is known to be; a warning for each reason why runs were
/// not decided. GitHub shows ten of a kind for a step: where there are more, the last says how
/// many. `in_repository`: what a scenario's file is called from the root of the repository.
[[nodiscard]] std::string github_annotations(
    const std::vector<Result>& results,
    const std::function<std::string(const std::string& file)>& in_repository,
    const KnownByClient& known = {});

/// The summary of a job, in GitHub's Markdown: the totals, what is wrong by cause, what is better
/// than it is known to be, and a table of the runs that did not pass, with those that were repeated
/// in one row. At most 1,000 KB, of the 1,024 that GitHub takes.
[[nodiscard]] std::string markdown_summary(const std::vector<Result>& results,
                                           const KnownByClient& known = {});

}  // namespace halfopen::report
