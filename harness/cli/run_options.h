// The options that `run` and `mutants` share, and the reports that they write.
#pragma once

#include <string>
#include <vector>

#include "cli/batch.h"
#include "cli/command_line.h"

namespace halfopen::cli {

struct RunOptions {
  std::vector<std::string> scenarios;
  std::vector<std::string> clients;
  std::vector<std::string> can;  ///< What clients given as commands can, beside reconnecting.
  std::string link = "auto";
  std::uint64_t seed = 0;
  int jobs = 0;
  bool strict = false;
  bool require_all = false;
  bool expected = false;  ///< Of `run` alone.
  bool verbose = false;
  bool quiet = false;
  bool clean_environment = false;
  std::string junit;
  std::string json;
  std::string trace_dir;
};

void add_options(Command& command, RunOptions& options);

/// The seed is drawn here if none was given.
[[nodiscard]] BatchOptions batch_options(const RunOptions& options, const Command& command);

/// Whether --junit, --json and --trace-dir can be written, before anything is run for them. An old
/// report stays as it is. Throws Error.
void check_outputs(const RunOptions& options);
/// --junit, --json and --trace-dir. Throws Error.
void write_reports(const std::vector<report::Result>& results, const RunOptions& options);

/// Colours and width for that stream: colours only on a terminal, and not with NO_COLOR.
[[nodiscard]] report::Style style_of(int descriptor);

}  // namespace halfopen::cli
