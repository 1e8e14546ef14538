// The reports for programs: where `run`, `mutants` and `report` write them, and in which formats.
#pragma once

#include <string>
#include <vector>

#include "cli/command_line.h"
#include "report/report.h"

namespace halfopen::cli {

/// File names; "" for those that are not wanted.
struct ReportFiles {
  std::string junit;
  std::string json;
  std::string ctrf;
  std::string tap;

  /// --junit, --json, --ctrf and --tap.
  void add_options(Command& command);
  /// Whether all of them can be written, before anything is run for them. An old report stays as
  /// it is. Throws Error.
  void check() const;
  /// Throws Error.
  void write(const std::vector<report::Result>& results) const;
  /// Whether one of them tells the timeline of what did not pass.
  [[nodiscard]] bool tell_stories() const { return !junit.empty() || !ctrf.empty(); }
  [[nodiscard]] bool none() const {
    return junit.empty() && json.empty() && ctrf.empty() && tap.empty();
  }
};

}  // namespace halfopen::cli
