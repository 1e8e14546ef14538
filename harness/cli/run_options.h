// The options that `run` and `mutants` share, and the reports that they write.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/error.h"
#include "cli/batch.h"
#include "cli/command_line.h"
#include "cli/github_job.h"
#include "cli/part.h"
#include "cli/report_files.h"
#include "cli/scenario_files.h"
#include "cli/selection.h"

namespace halfopen::cli {

struct RunOptions {
  std::vector<std::string> scenarios;
  Settings settings;  ///< For their variables.
  std::vector<std::string> clients;
  std::vector<std::string> can;  ///< What clients given as commands can, beside reconnecting.
  std::string link = "auto";
  std::string seed;  ///< A number, "random", or "" for the default.
  int seeds = 1;     ///< Of `run` alone: for each scenario that hangs on chance.
  int jobs = 0;
  bool strict = false;
  bool require_all = false;
  bool expected = false;  ///< Of `run` alone.
  bool verbose = false;
  bool quiet = false;
  io::Trust trust;
  ReportFiles reports;
  GithubJob github;  ///< Of `run` alone, like `part`.
  PartOptions part;
  std::string html;      ///< Of `run` alone, like `baseline`.
  std::string baseline;  ///< A JSON report of an earlier run.
  std::string trace_dir;
  std::string pcap_dir;
  // Of `run` alone, as all that follow:
  Selection selection;
  int repeat = 1;  ///< So often each run is made.
  bool until_fail = false;
  bool fail_fast = false;
  bool list = false;
  bool watch = false;
  std::string rerun_failed;  ///< A JSON report.
};

void add_options(Command& command, RunOptions& options);
/// Which runs are made and how often.
void add_run_options(Command& command, RunOptions& options);

/// Throws Misuse where none is given.
void require_client(const RunOptions& options);
/// Throws Misuse where the options about repeating contradict one another.
void check_repetitions(const RunOptions& options);

/// A random seed is drawn here. Throws Misuse.
[[nodiscard]] BatchOptions batch_options(const RunOptions& options);

/// --pcap-dir: the file for the packets of each pair, named like its trace; none where there is no
/// such folder.
[[nodiscard]] std::vector<std::string> capture_files(const RunOptions& options,
                                                     const std::vector<Pair>& pairs);

/// Whether the reports, --html, --trace-dir and --pcap-dir can be written, before anything is run
/// for them. An old report stays as it is. Throws Error.
void check_outputs(const RunOptions& options);

/// --trace-dir: writes the trace of each run when it ends, so that nothing of it must be kept.
class TraceFolder {
 public:
  /// Nothing is written where the options name no folder.
  TraceFolder(const RunOptions& options, const std::vector<Pair>& pairs);
  /// What BatchOptions::on_end is to be; this must outlive it.
  [[nodiscard]] std::function<void(std::size_t, const trace::Trace&)> on_end();
  /// Of each pair's file in the folder.
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
  /// Says of each pair's result where its trace is, if it has been written.
  void name_files(std::vector<report::Result>& results) const;
  /// Throws Error for the first trace that could not be written.
  void check() const;

 private:
  void write(std::size_t index, const trace::Trace& trace);
  [[nodiscard]] std::string path(std::size_t index) const;

  std::string folder_;
  std::vector<std::string> names_;  ///< Of each pair's file.
  std::set<std::size_t> written_;
  std::optional<Error> problem_;
};

/// Colours and width for that stream: colours only on a terminal, and not with NO_COLOR.
[[nodiscard]] report::Style style_of(int descriptor);

}  // namespace halfopen::cli
