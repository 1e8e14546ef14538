// Where halfopen runs in a job of GitHub Actions, the job shows what was found.
#pragma once

#include <string>
#include <vector>

#include "cli/command_line.h"
#include "report/deviations.h"

namespace halfopen::cli {

class GithubJob {
 public:
  /// --github
  void add_option(Command& command);
  /// Prints annotations, and adds the summary to the file that GITHUB_STEP_SUMMARY names, where
  /// GITHUB_ACTIONS says that this is such a job, or --github does. That the file cannot be written
  /// is told, and changes nothing else. Failures that are `known` are no news, and no annotations.
  void tell(const std::vector<report::Result>& results, const report::KnownByClient& known) const;

 private:
  std::string when_ = "auto";
};

}  // namespace halfopen::cli
