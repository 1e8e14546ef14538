#include <fmt/format.h>

#include <string>

#include "report/report.h"
#include "report/shell_words.h"
#include "scenario/loader.h"

namespace halfopen::report {

std::string replay_command(const trace::Header& header) {
  std::string scenario = header.scenario_file.empty() ? header.scenario : header.scenario_file;
  if (!header.scenario_file.empty()) scenario += scenario::run_of(header.scenario, scenario);
  const std::string& client = header.client_given.empty() ? header.client : header.client_given;
  std::string command = "halfopen run " + in_quotes(scenario) + " --client " + in_quotes(client) +
                        " --seed " + std::to_string(header.seed);
  for (const auto& [name, value] : header.scenario_set)
    command += " --set " + in_quotes(fmt::format("{}={}", name, value));
  if (!header.link.empty()) command += " --link " + in_quotes(header.link);
  return command;
}

}  // namespace halfopen::report
