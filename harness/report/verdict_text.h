// The verdict of one run in words, with the command that repeats it.
#pragma once

#include <string>

#include "report/report.h"

namespace halfopen::report {

/// Outcome and reason, each failure with what was expected and seen, warnings, what was not
/// judged, and the command. Many lines.
[[nodiscard]] std::string verdict_text(const Result& result, const Style& style);
/// "line 3", "line 3 of parts/login.toml"; `file` as in judge::Failure.
[[nodiscard]] std::string line_in_words(int line, const std::string& file);
/// The path of the file that has the failure's line.
[[nodiscard]] const std::string& file_of(const judge::Failure& failure,
                                         const trace::Header& header);
/// The failure in one line: "gaps[2] (line 24): expected 1s..3s, seen …".
[[nodiscard]] std::string in_one_line(const judge::Decision& decision);
[[nodiscard]] std::string in_one_line(const judge::Failure& failure);
/// "expected 1s..3s, seen …"
[[nodiscard]] std::string expected_and_seen(const judge::Failure& failure);

}  // namespace halfopen::report
