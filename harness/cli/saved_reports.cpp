#include "cli/saved_reports.h"

#include <fmt/format.h>

#include <map>
#include <optional>
#include <utility>

#include "base/output_file.h"
#include "cli/clients.h"
#include "cli/page_file.h"
#include "cli/saved_runs.h"
#include "report/report.h"

namespace halfopen::cli {
namespace {

/// The clients of these runs, as far as they can be found here: what they say of themselves.
std::vector<scenario::Client> clients_of(const std::vector<report::Result>& results) {
  std::map<std::string, scenario::Client> found;
  for (const report::Result& result : results) {
    const trace::Header& header = result.trace.header;
    if (found.contains(header.client)) continue;
    scenario::Client client;
    try {
      client = find_client(header.client_given);
    } catch (const std::exception&) {
      // It was run elsewhere, or is not there any more: the report does without.
    }
    client.name = header.client;
    found[header.client] = std::move(client);
  }
  std::vector<scenario::Client> clients;
  clients.reserve(found.size());
  for (auto& [name, client] : found) clients.push_back(std::move(client));
  return clients;
}

}  // namespace

void SavedReports::add_options(Command& command) {
  add_page_options(command, html, baseline);
  files.add_options(command);
  command.add_flag("--strict", strict, "Counts what an RFC says SHOULD be as a failure");
}

void SavedReports::check(const std::string& command) const {
  if (html.empty() && files.none())
    throw Misuse(command,
                 "say what to write: --html FILE, --json FILE, --junit FILE, --ctrf FILE or --tap "
                 "FILE");
  files.check();
  if (!html.empty()) check_output(html);
}

int SavedReports::write(const std::vector<std::string>& traces) const {
  PageFile page(html, baseline, traces.size());
  const auto draw = page.on_result();
  const SavedRuns runs =
      judge_files(traces, {strict}, [&](std::size_t index, report::Result& result) {
        if (draw) draw(index, result);
        report::let_go(result, files.tell_stories());
      });
  page.write(runs.results, clients_of(runs.results), std::nullopt);
  files.write(runs.results);
  fmt::print("{}\n", report::totals(runs.results));
  return exit_code(runs, false);
}

}  // namespace halfopen::cli
