// Every report of runs whose traces were saved: what `report` and `merge` share.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/command_line.h"
#include "cli/report_files.h"

namespace halfopen::cli {

struct SavedReports {
  ReportFiles files;
  std::string html;
  std::string baseline;
  bool strict = false;

  void add_options(Command& command);
  /// Throws Misuse where nothing is to be written, Error where it could not be.
  void check(const std::string& command) const;
  /// Judges the traces and writes the reports; returns the exit code. Throws Error.
  [[nodiscard]] int write(const std::vector<std::string>& traces) const;
};

}  // namespace halfopen::cli
