#include "cli/saved_runs.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <tuple>
#include <utility>

#include "base/error.h"
#include "cli/command_line.h"
#include "cli/input.h"
#include "cli/output.h"
#include "scenario/loader.h"
#include "trace/codec.h"

namespace halfopen::cli {
namespace {

/// Each text that was met, loaded once: a batch has many runs of one scenario. By the scenario's
/// name, its file, and all that was made of it.
using Scenarios = std::map<std::tuple<std::string, std::string, std::string, std::string>,
                           std::shared_ptr<const scenario::Scenario>>;

/// What a trace has of the files that its scenario includes: nothing else is read.
scenario::Given given_in(const trace::Header& header) {
  const auto read = [&header](const std::string& path) {
    for (const auto& [file, text] : header.scenario_parts)
      if (file == path) return text;
    throw Error("reading " + path, "it is not in the trace");
  };
  return {read, header.scenario_set};
}

/// Throws Error where it cannot be read any more.
std::shared_ptr<const scenario::Scenario> scenario_of(const trace::Header& header,
                                                      const std::string& file,
                                                      Scenarios& scenarios) {
  auto& known = scenarios[{header.scenario, header.scenario_file, header.scenario_text,
                           header.scenario_hash}];
  if (known) return known;
  auto loaded =
      scenario::load_scenarios(header.scenario_text, header.scenario_file, given_in(header));
  if (loaded.scenarios.empty()) {
    std::string why;
    for (const Diagnostic& each : loaded.diagnostics) why += "\n" + render(each, *loaded.sources);
    throw Error(file + ": read the scenario in it", why);
  }
  auto found =
      std::find_if(loaded.scenarios.begin(), loaded.scenarios.end(),
                   [&](const scenario::Scenario& each) { return each.name == header.scenario; });
  if (found == loaded.scenarios.end() && loaded.scenarios.size() > 1)
    throw Error(file + ": read the scenario in it",
                fmt::format("it makes {} runs, and none is called {}", loaded.scenarios.size(),
                            header.scenario));
  if (found == loaded.scenarios.end()) found = loaded.scenarios.begin();
  known = std::make_shared<const scenario::Scenario>(std::move(*found));
  return known;
}

/// Throws Error where the file is no trace, or the scenario in it cannot be read any more.
report::Result judge_file(const std::string& file, const judge::Options& options,
                          Scenarios& scenarios) {
  trace::Trace trace = trace::read(read_input(file), file);
  auto scenario = scenario_of(trace.header, file, scenarios);
  report::Result result = report::make_result(std::move(scenario), std::move(trace), options);
  result.trace_file = file;
  return result;
}

}  // namespace

SavedRuns judge_files(const std::vector<std::string>& files, const judge::Options& options,
                      const std::function<void(std::size_t, report::Result&)>& each) {
  SavedRuns runs;
  Scenarios scenarios;
  for (const std::string& file : files) {
    try {
      report::Result result = judge_file(file, options, scenarios);
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
