// `halfopen report TRACE…`: the reports of saved runs, which are judged again for them.
#include <fmt/format.h>

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/output_file.h"
#include "cli/clients.h"
#include "cli/commands.h"
#include "cli/page_file.h"
#include "cli/report_files.h"
#include "cli/saved_runs.h"
#include "report/report.h"

namespace halfopen::cli {
namespace {

struct Request {
  std::vector<std::string> files;
  std::string html;
  std::string baseline;
  ReportFiles reports;
  bool strict = false;
};

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

int write_all(const Request& request) {
  if (request.html.empty() && request.reports.none())
    throw Misuse("report",
                 "say what to write: --html FILE, --json FILE, --junit FILE, --ctrf FILE or --tap "
                 "FILE");
  request.reports.check();
  if (!request.html.empty()) check_output(request.html);
  PageFile page(request.html, request.baseline, request.files.size());
  const auto draw = page.on_result();
  const SavedRuns runs =
      judge_files(request.files, {request.strict}, [&](std::size_t index, report::Result& result) {
        if (draw) draw(index, result);
        report::let_go(result, request.reports.tell_stories());
      });
  const std::vector<report::Result>& results = runs.results;
  page.write(results, clients_of(results), std::nullopt);
  request.reports.write(results);
  fmt::print("{}\n", report::totals(results));
  return exit_code(runs, false);
}

}  // namespace

void add_report(CommandLine& line) {
  const auto request = std::make_shared<Request>();
  Command command = line.add("report", "write reports of saved traces, which are judged again");
  command.add_option("traces", request->files, "traces that `run --trace-dir` has saved")
      .required()
      .existing_file();
  add_page_options(command, request->html, request->baseline);
  request->reports.add_options(command);
  command.add_flag("--strict", request->strict, "what an RFC says SHOULD be is a failure too");
  command.does([request] { return write_all(*request); });
}

}  // namespace halfopen::cli
