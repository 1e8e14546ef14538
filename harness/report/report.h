// Reports: made from scenarios, traces and verdicts alone.
#pragma once

#include <string>
#include <vector>

#include "judge/judge.h"
#include "scenario/scenario.h"
#include "trace/event.h"

namespace halfopen::report {

/// One run, judged.
struct Result {
  scenario::Scenario scenario;
  trace::Trace trace;
  judge::Verdict verdict;
};

struct Style {
  bool colours = false;
  int width = 100;  ///< Columns.
};

/// The timeline of one run: attempts, faults, gaps, the verdict and its reason, and the command
/// that replays it. Many lines.
[[nodiscard]] std::string timeline(const Result& result, const Style& style);
/// One line: outcome, scenario, client, attempts and gaps.
[[nodiscard]] std::string summary_line(const Result& result, const Style& style);
/// Scenarios × clients, with ✓ ✕ ~ ? ! and a legend; then the totals on one line.
[[nodiscard]] std::string matrix(const std::vector<Result>& results, const Style& style);
/// JUnit XML, as CI servers read it: one testsuite per client, one testcase per scenario.
[[nodiscard]] std::string junit(const std::vector<Result>& results);
/// One JSON document: every run with its verdict, attempts and gaps.
[[nodiscard]] std::string json(const std::vector<Result>& results);

/// The exit code that the design gives to these results (0, 1, 3 or 4).
[[nodiscard]] int exit_code(const std::vector<Result>& results, bool require_all);

}  // namespace halfopen::report
