#include <string>

#include "report/report.h"
#include "report/shell_words.h"

namespace halfopen::report {

std::string replay_command(const trace::Header& header) {
  const std::string& scenario =
      header.scenario_file.empty() ? header.scenario : header.scenario_file;
  const std::string& client = header.client_given.empty() ? header.client : header.client_given;
  std::string command = "halfopen run " + in_quotes(scenario) + " --client " + in_quotes(client) +
                        " --seed " + std::to_string(header.seed);
  if (!header.link.empty()) command += " --link " + in_quotes(header.link);
  return command;
}

}  // namespace halfopen::report
