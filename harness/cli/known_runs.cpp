#include "cli/known_runs.h"

#include <fmt/format.h>

#include <string>

#include "base/bytes.h"
#include "cli/clients.h"
#include "cli/command_line.h"
#include "scenario/files.h"

namespace halfopen::cli {

report::KnownByClient known_results(const std::vector<scenario::Client>& clients,
                                    const std::vector<scenario::Scenario>& scenarios) {
  std::vector<std::string> files;
  files.reserve(scenarios.size());
  for (const scenario::Scenario& scenario : scenarios) files.push_back(scenario.file);
  std::vector<std::string> names = scenario::scenario_names(files);
  for (const scenario::Scenario& scenario : scenarios) names.push_back(scenario.name);
  report::KnownByClient known;
  for (const scenario::Client& client : clients)
    known[client.name] = find_known_results(client, names);
  return known;
}

int compare(const std::vector<report::Result>& results, const report::KnownByClient& known) {
  const auto lines = report::deviations(results, known);
  for (const std::string& line : lines) fmt::print("deviates: {}\n", printable_line(line));
  const int code = report::exit_code(results, false);
  if (code == internal || (lines.empty() && code == undecided)) return code;
  if (lines.empty()) fmt::print("all as expected\n");
  return lines.empty() ? all_passed : some_failed;
}

}  // namespace halfopen::cli
