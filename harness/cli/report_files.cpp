#include "cli/report_files.h"

#include <cstdlib>

#include "base/output_file.h"

namespace halfopen::cli {
namespace {

/// Jenkins shows no places, and its xunit plugin refuses what its schema lacks.
report::Places places() {
  const char* jenkins = std::getenv("JENKINS_URL");
  return jenkins == nullptr || *jenkins == '\0' ? report::Places::shown : report::Places::left_out;
}

}  // namespace

void ReportFiles::add_options(Command& command) {
  command.add_option("--junit", junit, "Writes a JUnit XML report to this file").takes(value::file);
  command.add_option("--json", json, "Writes a JSON report to this file").takes(value::file);
  command
      .add_option("--ctrf", ctrf, "Writes a report in the Common Test Report Format to this file")
      .takes(value::file);
  command
      .add_option("--tap", tap,
                  "Writes a report in the Test Anything Protocol, version 14, to this file")
      .takes(value::file);
}

void ReportFiles::check() const {
  for (const std::string& file : {junit, json, ctrf, tap})
    if (!file.empty()) check_output(file);
}

void ReportFiles::write(const std::vector<report::Result>& results) const {
  if (!junit.empty()) write_output(junit, report::junit(results, places()));
  if (!json.empty()) write_output(json, [&](const TextSink& sink) { report::json(results, sink); });
  if (!ctrf.empty()) write_output(ctrf, report::ctrf(results));
  if (!tap.empty()) write_output(tap, report::tap(results));
}

}  // namespace halfopen::cli
