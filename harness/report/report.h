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

/// Judges a run. A live trace and a saved one come through here alike, so their verdicts agree.
[[nodiscard]] Result make_result(scenario::Scenario scenario, trace::Trace trace,
                                 const judge::Options& options = {});

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
/// "12 runs: 9 pass, 2 fail, 1 inconclusive".
[[nodiscard]] std::string totals(const std::vector<Result>& results);
/// JUnit XML, as CI servers read it: one testsuite per client, one testcase per scenario.
[[nodiscard]] std::string junit(const std::vector<Result>& results);
/// One JSON document: every run with its verdict, attempts and gaps. Times in microseconds.
[[nodiscard]] std::string json(const std::vector<Result>& results);

/// The command that repeats the run, quoted for a shell.
[[nodiscard]] std::string replay_command(const trace::Header& header);

/// The exit code that the design gives to these results: 1 if any failed, else 3 if any could not
/// be run (error), else 4 if none was judged, or if any stayed undecided and `require_all`, else 0.
[[nodiscard]] int exit_code(const std::vector<Result>& results, bool require_all);

}  // namespace halfopen::report
