// `halfopen judge TRACE…`: judges saved traces again, here and now.
#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/error.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/saved_runs.h"
#include "report/report.h"

namespace halfopen::cli {
namespace {

struct Request {
  std::vector<std::string> files;
  bool strict = false;
  bool json = false;
  bool require_all = false;
};

report::Style style_of_output() {
  report::Style style;
  const char* no_colour = std::getenv("NO_COLOR");
  style.colours = isatty(STDOUT_FILENO) == 1 && (no_colour == nullptr || *no_colour == '\0');
  return style;
}

int judge_all(const Request& request) {
  const SavedRuns runs = judge_files(request.files, {request.strict});
  const std::vector<report::Result>& results = runs.results;
  if (!request.json)
    for (const report::Result& result : results)
      fmt::print("{}\n", report::timeline(result, style_of_output()));
  if (request.json)
    fmt::print("{}", printable_lines(report::json(results)));
  else if (request.files.size() > 1)
    fmt::print("{}\n", report::totals(results));
  return exit_code(runs, request.require_all);
}

}  // namespace

void add_judge(CommandLine& line) {
  const auto request = std::make_shared<Request>();
  Command command = line.add("judge", "Judges saved traces again");
  command.add_option("traces", request->files, "Names traces that `run --trace-dir` has saved")
      .required()
      .existing_file();
  command.add_flag("--strict", request->strict, "Counts what an RFC says SHOULD be as a failure");
  command.add_flag("--json", request->json, "Prints one JSON document instead of timelines");
  command.add_flag("--require-all", request->require_all,
                   "Exits with 4 if anything is inconclusive or unsupported");
  command.does([request] { return judge_all(*request); });
}

}  // namespace halfopen::cli
