#include "cli/run_options.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <set>

#include "base/output_file.h"
#include "trace/codec.h"

namespace halfopen::cli {
namespace {

/// "drops--reset.reference@no-delay.jsonl"; "….2.jsonl" where another run has that name already.
std::string trace_name(const trace::Header& header, std::set<std::string>& taken) {
  const std::string stem = header.scenario + "." + header.client;
  std::string name = file_name(stem, ".jsonl");
  for (int number = 2; !taken.insert(name).second; ++number)
    name = file_name(stem, fmt::format(".{}.jsonl", number));
  return name;
}

void write_traces(const std::vector<report::Result>& results, const std::filesystem::path& folder) {
  std::set<std::string> taken;
  for (const report::Result& result : results)
    write_output((folder / trace_name(result.trace.header, taken)).string(),
                 trace::to_text(result.trace));
}

}  // namespace

void add_options(Command& command, RunOptions& options) {
  command.add_option("scenarios", options.scenarios,
                     "scenario files, folders, or names below ./scenarios; none: all of them");
  command
      .add_option("-c,--client", options.clients,
                  "a client.toml, its folder, either with @VARIANT, or a command such as "
                  "\"node app.js {url}\"; may be given again")
      .required();
  command
      .add_option("--can", options.can,
                  "what a client that is given as a command can, such as proxy, protocols or "
                  "close; several with commas, or given again")
      .split_at(',');
  command.add_option("--link", options.link, "packet, stream or auto")
      .one_of({"packet", "stream", "auto"})
      .shows_default();
  command.add_option("--seed", options.seed, "repeats the random decisions of an earlier run")
      .not_negative();
  command
      .add_option("-j,--jobs", options.jobs,
                  "how many light clients may run at once; 0: by the number of cores")
      .between(0, 10'000);
  command.add_flag("--strict", options.strict, "what an RFC says SHOULD is a failure, too");
  command.add_flag("--require-all", options.require_all,
                   "exit 4 if any run was inconclusive or unsupported");
  command.add_flag("-v,--verbose", options.verbose, "print the timeline of every run");
  command.add_flag("-q,--quiet", options.quiet, "print the matrix only, not each run");
  command.add_option("--junit", options.junit, "write a JUnit XML report to this file");
  command.add_option("--json", options.json, "write a JSON report to this file");
  command.add_option("--trace-dir", options.trace_dir,
                     "write the trace of every run to this folder");
}

BatchOptions batch_options(const RunOptions& options, const Command& command) {
  BatchOptions batch;
  batch.link = options.link == "packet"   ? LinkChoice::packet
               : options.link == "stream" ? LinkChoice::stream
                                          : LinkChoice::automatic;
  batch.seed = command.given("--seed") ? options.seed : std::random_device{}();
  batch.jobs = options.jobs;
  batch.judging.strict = options.strict;
  batch.style = style_of(STDERR_FILENO);
  batch.lines = !options.quiet;
  return batch;
}

void check_outputs(const RunOptions& options) {
  for (const std::string& file : {options.junit, options.json})
    if (!file.empty()) check_output(file);
  if (!options.trace_dir.empty()) check_output(options.trace_dir + "/trace.jsonl");
}

void write_reports(const std::vector<report::Result>& results, const RunOptions& options) {
  if (!options.junit.empty()) write_output(options.junit, report::junit(results));
  if (!options.json.empty()) write_output(options.json, report::json(results));
  if (!options.trace_dir.empty()) write_traces(results, options.trace_dir);
}

report::Style style_of(int descriptor) {
  report::Style style;
  const char* no_colour = std::getenv("NO_COLOR");
  const bool terminal = isatty(descriptor) != 0;
  style.colours = terminal && (no_colour == nullptr || *no_colour == '\0');
  winsize size{};
  if (terminal && ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40)
    style.width = std::min<int>(size.ws_col, 140);
  return style;
}

}  // namespace halfopen::cli
