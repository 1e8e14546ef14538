// What is different from an earlier run.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "report/report.h"

namespace halfopen::page {

/// {"broken": [], "mended": [], "new": [], "gone": []}, each a list of {scenario, client, was, is};
/// null where `baseline`, a JSON report (`--json`), is "". Of several runs of one pair the worst
/// counts. Throws Error where it is no report.
[[nodiscard]] nlohmann::ordered_json changes_since(const std::string& baseline,
                                                   const std::vector<report::Result>& results);

}  // namespace halfopen::page
