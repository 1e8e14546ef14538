// How much of each run's timeline a report may tell: CI systems take files of some 30 MB, and show
// a part of a long text.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "report/report.h"

namespace halfopen::report {

/// Bytes for each run that did not pass, so that all of them together stay below 24 MiB.
[[nodiscard]] std::size_t most_told(const std::vector<Result>& results);

/// A text of lines, cut down to about `most` bytes: its first and last lines, and between them how
/// many are missing. As it is where it is short enough.
[[nodiscard]] std::string without_middle(const std::string& text, std::size_t most);

}  // namespace halfopen::report
