// `halfopen report TRACE…`: the reports of saved runs, which are judged again for them.
#include <memory>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "cli/saved_reports.h"

namespace halfopen::cli {
namespace {

struct Request {
  std::vector<std::string> files;
  SavedReports reports;
};

}  // namespace

void add_report(CommandLine& line) {
  const auto request = std::make_shared<Request>();
  Command command = line.add("report", "Writes reports of saved traces, which are judged again");
  command.add_option("traces", request->files, "Names traces that `run --trace-dir` has saved")
      .required()
      .existing_file();
  request->reports.add_options(command);
  command.does([request] {
    request->reports.check("report");
    return request->reports.write(request->files);
  });
}

}  // namespace halfopen::cli
