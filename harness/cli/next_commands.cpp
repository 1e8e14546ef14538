#include "cli/next_commands.h"

#include <fmt/format.h>

#include "report/shell_words.h"
#include "scenario/coins.h"

namespace halfopen::cli {
namespace {

/// halfopen's own command line, with more options.
std::string once_more(const std::vector<std::string>& own, const std::string& options) {
  std::string command = "halfopen";
  for (std::size_t i = 1; i < own.size(); ++i) command += " " + report::in_quotes(own[i]);
  return command + options;
}

}  // namespace

std::string next_commands(const std::vector<report::CauseGroup>& groups, const RunOptions& options,
                          const std::vector<std::string>& own) {
  if (groups.empty()) return "";
  std::string text = "Next:\n";
  const auto add = [&text](const std::string& what, const std::string& command) {
    text += fmt::format("  {}:\n    {}\n", what, command);
  };
  const report::Result& shortest = *groups.front().shortest;
  const std::string& trace = shortest.trace_file;
  const std::string replay = report::replay_command(shortest.trace.header);
  if (trace.empty())
    add("one failure as a story", replay + " --trace-dir traces; halfopen why traces");
  else
    add("one failure as a story", "halfopen why " + report::in_quotes(trace));
  add("the same run again, with its timeline", replay);
  if (options.html.empty())
    add("a report to look at", trace.empty()
                                   ? once_more(own, " --html report.html")
                                   : fmt::format("halfopen report {}/*.jsonl --html report.html",
                                                 report::in_quotes(options.trace_dir)));
  if (!options.reports.json.empty())
    add("only what failed",
        "halfopen run --rerun-failed " + report::in_quotes(options.reports.json));
  if (scenario::depends_on_seed(*shortest.scenario))
    add("whether it is luck", replay + " --seeds 10");
  else
    add("whether it always fails", replay + " --repeat 5");
  return text;
}

}  // namespace halfopen::cli
