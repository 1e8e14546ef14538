// Names for runs in reports of CI systems, which take two tests of one name for one.
#pragma once

#include <string>
#include <vector>

#include "report/report.h"

namespace halfopen::report {

/// Of the runs of one client, in their order: the scenario's name, and behind it what tells runs of
/// one scenario apart: its file, the link, the seed, or which time it is ("#2").
[[nodiscard]] std::vector<std::string> names_of(const std::vector<const Result*>& runs);
/// Of all, in their order: the names are told apart within each client.
[[nodiscard]] std::vector<std::string> names_of(const std::vector<Result>& results);

}  // namespace halfopen::report
