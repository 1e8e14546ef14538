// `halfopen list [PATH…]`: the scenarios that there are.
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
#include "cli/selection.h"

namespace halfopen::cli {
namespace {

void print_line(const scenario::Scenario& scenario, std::size_t width) {
  const std::string tags =
      scenario.tags.empty() ? "" : fmt::format("  [{}]", fmt::join(scenario.tags, ", "));
  fmt::print("{}\n", printable_line(
                         fmt::format("{:<{}}  {}{}", scenario.name, width, scenario.about, tags)));
}

struct Request {
  std::vector<std::string> paths;
  Selection selection;
};

int list(const Request& request) {
  int exit_code = all_passed;
  std::vector<scenario::Scenario> scenarios;
  try {
    ScenarioFiles read = read_scenarios(request.paths);
    scenarios = std::move(read.scenarios);
    for (const std::string& file : read.bad)
      complain(fmt::format("{}: not listed, it has mistakes: see `halfopen check {}`", file, file));
    if (!read.bad.empty()) exit_code = bad_scenario;
  } catch (const Error& missing) {
    complain(missing.what());
    return bad_scenario;
  }
  if (!scenarios.empty()) scenarios = select(std::move(scenarios), request.selection);
  std::size_t width = 0;
  for (const scenario::Scenario& scenario : scenarios)
    width = std::max(width, scenario.name.size());
  for (const scenario::Scenario& scenario : scenarios) print_line(scenario, width);
  return exit_code;
}

}  // namespace

void add_list(CommandLine& line) {
  Command command = line.add("list", "Lists scenarios with what they are about");
  const auto request = std::make_shared<Request>();
  command
      .add_option("PATH", request->paths, "Names files, folders or scenarios (default: scenarios)")
      .takes(value::scenario);
  add_selection_options(command, request->selection);
  command.does([request] { return list(*request); });
}

}  // namespace halfopen::cli
