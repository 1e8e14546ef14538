#include "cli/saved_runs.h"

#include <utility>

#include "base/error.h"
#include "cli/command_line.h"
#include "cli/input.h"
#include "cli/output.h"
#include "scenario/loader.h"
#include "trace/codec.h"

namespace halfopen::cli {
namespace {

/// Throws Error where the file is no trace, or the scenario in it cannot be read any more.
report::Result judge_file(const std::string& file, const judge::Options& options) {
  trace::Trace trace = trace::read(read_input(file), file);
  const std::string& name = trace.header.scenario_file;
  auto loaded = scenario::load_scenario(trace.header.scenario_text, name);
  if (!loaded.value) {
    std::string why;
    for (const Diagnostic& each : loaded.diagnostics)
      why += "\n" + render(each, trace.header.scenario_text);
    throw Error(file + ": read the scenario in it", why);
  }
  report::Result result = report::make_result(std::move(*loaded.value), std::move(trace), options);
  result.trace_file = file;
  return result;
}

}  // namespace

SavedRuns judge_files(const std::vector<std::string>& files, const judge::Options& options,
                      const std::function<void(std::size_t, report::Result&)>& each) {
  SavedRuns runs;
  for (const std::string& file : files) {
    try {
      report::Result result = judge_file(file, options);
      if (each) each(runs.results.size(), result);
      runs.results.push_back(std::move(result));
    } catch (const Error& error) {
      complain(std::string("halfopen: ") + error.what());
      runs.unreadable = true;
    }
  }
  report::decide_together(runs.results);
  return runs;
}

int exit_code(const SavedRuns& runs, bool require_all) {
  const int code = report::exit_code(runs.results, require_all);
  return runs.unreadable && code != some_failed && code != internal ? bad_scenario : code;
}

}  // namespace halfopen::cli
