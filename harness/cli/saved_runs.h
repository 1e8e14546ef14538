// Runs whose traces were saved, judged again.
#pragma once

#include <string>

#include "judge/judge.h"
#include "report/report.h"

namespace halfopen::cli {

/// Throws Error where the file is no trace, or the scenario in it cannot be read any more.
[[nodiscard]] report::Result judge_file(const std::string& file, const judge::Options& options);

}  // namespace halfopen::cli
