// Reports: made from scenarios, traces and verdicts alone.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/output_file.h"
#include "judge/judge.h"
#include "judge/timeline.h"
#include "scenario/scenario.h"
#include "trace/event.h"

namespace halfopen::report {

/// One run, judged.
struct Result {
  std::shared_ptr<const scenario::Scenario> scenario;
  trace::Trace trace;  ///< Without its events, once they have been let go.
  judge::Verdict verdict;
  std::vector<judge::AttemptView> attempts;
  Duration duration{};     ///< From the start of the run to its last event.
  Duration ended{};        ///< When it ended, since its batch began; 0 where there is no batch.
  std::string story;       ///< What story() told, where it was kept when the events were let go.
  std::string trace_file;  ///< Where its trace is saved; "" if nowhere.
};

/// Judges a run. A live trace and a saved one come through here alike, so their verdicts agree.
[[nodiscard]] Result make_result(std::shared_ptr<const scenario::Scenario> scenario,
                                 trace::Trace trace, const judge::Options& options = {});
[[nodiscard]] Result make_result(scenario::Scenario scenario, trace::Trace trace,
                                 const judge::Options& options = {});
/// Runs of one scenario against one client decide together what chance may have made in each
/// (judge::decide_together).
void decide_together(std::vector<Result>& results);
/// How many runs failed and with which seeds, a line for each scenario and client of which some did
/// and some did not; "" where there is none.
[[nodiscard]] std::string seeds_that_failed(const std::vector<Result>& results);
/// Lets go what takes memory: the events and the scenario's text, of which a batch of many runs
/// would keep gigabytes. `keep_story`: they are told first, for a report that is still to come.
void let_go(Result& result, bool keep_story);

struct Style {
  bool colours = false;
  int width = 100;  ///< Columns.
};

/// The timeline of one run: attempts, faults, gaps, the verdict and its reason, and the command
/// that replays it. Many lines.
[[nodiscard]] std::string timeline(const Result& result, const Style& style);
/// The timeline without the verdict.
[[nodiscard]] std::string story(const Result& result, const Style& style);
/// One line: outcome, scenario, client, attempts and gaps.
[[nodiscard]] std::string summary_line(const Result& result, const Style& style);
/// Scenarios × clients, with ✓ ✕ ~ ? !, a "!" more for warnings, and a legend; then the totals on
/// one line. Below a scenario that failed, or could not be run, a line says why.
[[nodiscard]] std::string matrix(const std::vector<Result>& results, const Style& style);
/// "12 runs: 9 pass, 2 fail, 1 inconclusive".
[[nodiscard]] std::string totals(const std::vector<Result>& results);
/// Whether a `testcase` has the attributes `file` and `line`, which GitLab and GitHub's reporters
/// read, and of which no schema knows.
enum class Places { shown, left_out };
/// JUnit XML, as CI servers read it: one testsuite per client, one testcase per run; a run that was
/// repeated is one, which failed if any did, with a `rerunFailure` or `rerunError` for each further
/// one. Well-formed whatever a client has printed. Without places it is valid by junit-10.xsd of
/// Jenkins' xunit plugin, and each testsuite by Maven Surefire's surefire-test-report.xsd, 3.0.2.
[[nodiscard]] std::string junit(const std::vector<Result>& results, Places places = Places::shown);
/// One JSON document: every run with its verdict, attempts and gaps. Times in microseconds.
[[nodiscard]] std::string json(const std::vector<Result>& results);
/// The same piece by piece: of thousands of runs the whole text takes much memory.
void json(const std::vector<Result>& results, const TextSink& to);

/// Common Test Report Format, 1.0: one test a run. What could not be run failed, what stayed
/// undecided is "other". Times in milliseconds since 1970.
[[nodiscard]] std::string ctrf(const std::vector<Result>& results);
/// Test Anything Protocol, version 14: one test point a run, what failed in its YAML block. What
/// was not decided or is not supported here is skipped, with the reason.
[[nodiscard]] std::string tap(const std::vector<Result>& results);

/// The command that repeats the run, quoted for a shell.
[[nodiscard]] std::string replay_command(const trace::Header& header);

/// The exit code that the design gives to these results: 1 if any failed, else 3 if any could not
/// be run (error), else 4 if none was judged, or if any stayed undecided and `require_all`, else 0.
[[nodiscard]] int exit_code(const std::vector<Result>& results, bool require_all);

}  // namespace halfopen::report
