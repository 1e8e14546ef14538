// `halfopen explain SCENARIO`: the story of a scenario in plain words.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/error.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/scenario_files.h"
#include "report/shell_words.h"
#include "scenario/loader.h"

namespace halfopen::cli {
namespace {

/// Of a file that makes several runs: which there are, and how to have another one told.
std::string other_runs(const scenario::Scenario& told, std::size_t runs) {
  const std::string file = scenario::scenario_name(told.file);
  return fmt::format(
      "\n{} makes {} runs, of which this is the first; `halfopen list {}` names them all.\n", file,
      runs, report::in_quotes(file));
}

int explain(const std::string& named, const Settings& settings) try {
  const ScenarioFiles read = read_scenarios({named}, settings);
  for (const std::string& mistake : read.rendered) complain(mistake);
  bool first = true;
  for (auto next = read.scenarios.begin(); next != read.scenarios.end();) {
    const scenario::Scenario& told = *next;
    next = std::find_if(next, read.scenarios.end(),
                        [&](const scenario::Scenario& each) { return each.file != told.file; });
    const auto runs =
        std::count_if(read.scenarios.begin(), read.scenarios.end(),
                      [&](const scenario::Scenario& each) { return each.file == told.file; });
    if (!std::exchange(first, false)) fmt::print("\n");
    fmt::print("{}", printable_lines(scenario::explain(told)));
    if (runs > 1)
      fmt::print("{}", printable_lines(other_runs(told, static_cast<std::size_t>(runs))));
  }
  return read.bad.empty() ? all_passed : bad_scenario;
} catch (const Error& missing) {
  complain(missing.what());
  return bad_scenario;
}

}  // namespace

void add_explain(CommandLine& line) {
  Command command = line.add("explain", "Tells the story of a scenario in plain words");
  auto named = std::make_shared<std::string>();
  command.add_option("SCENARIO", *named, "Names a file, a folder or a scenario")
      .takes(value::scenario)
      .required();
  const auto settings = std::make_shared<Settings>();
  settings->add_option(command);
  command.does([named, settings] { return explain(*named, *settings); });
}

}  // namespace halfopen::cli
