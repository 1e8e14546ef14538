// `halfopen why PATH…`: one failure of a saved run, told as a story.
#include "report/why.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/diagnostic.h"
#include "base/error.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/run_options.h"
#include "cli/saved_runs.h"
#include "report/cause.h"
#include "report/shell_words.h"

namespace halfopen::cli {
namespace {

namespace fs = std::filesystem;

/// What the words say: files with traces, and which run of these.
struct Asked {
  std::vector<std::string> files;
  std::string run;  ///< A scenario, a client or a trace's name; "": the one that failed.
};

/// The traces in a folder, in the order of their names. Throws Misuse where there is none.
std::vector<std::string> traces_in(const std::string& folder) {
  std::vector<std::string> files;
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator(folder, failed))
    if (entry.path().extension() == ".jsonl") files.push_back(entry.path().string());
  if (failed) throw Misuse("why", "read the folder " + folder + ": " + failed.message());
  if (files.empty())
    throw Misuse("why", "the folder " + folder +
                            " has no trace (*.jsonl): `halfopen run … --trace-dir " +
                            report::in_quotes(folder) + "` writes some");
  std::ranges::sort(files);
  return files;
}

/// The traces near a path that is not there.
std::string hint_for(const std::string& path) {
  const fs::path folder = fs::path(path).parent_path();
  std::vector<std::string> names;
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator(folder.empty() ? "." : folder, failed))
    if (entry.is_directory(failed) || entry.path().extension() == ".jsonl")
      names.push_back((folder / entry.path().filename()).string());
  return did_you_mean(path, names);
}

Asked understood(const std::vector<std::string>& words) {
  Asked asked;
  std::error_code failed;
  for (const std::string& word : words) {
    if (fs::is_directory(word, failed)) {
      for (std::string& file : traces_in(word)) asked.files.push_back(std::move(file));
    } else if (fs::exists(word, failed)) {
      asked.files.push_back(word);
    } else if (asked.files.empty()) {
      throw Misuse("why", "there is no trace and no folder `" + word + "`" + hint_for(word) +
                              " (`halfopen run … --trace-dir DIR` writes traces)");
    } else if (!asked.run.empty()) {
      throw Misuse("why", fmt::format("it tells one run: `{}` or `{}`?", asked.run, word));
    } else {
      asked.run = word;
    }
  }
  return asked;
}

/// One saved run without its events, and the file that has them.
struct Known {
  std::string file;
  std::string scenario;
  std::string client;
  std::string line;  ///< How it went, in a line.
  judge::Outcome outcome = judge::Outcome::pass;

  [[nodiscard]] std::string stem() const { return fs::path(file).stem().string(); }
  [[nodiscard]] bool is(const std::string& name) const {
    return name == scenario || name == client || name == stem() ||
           name == fs::path(file).filename().string();
  }
};

struct Runs {
  std::vector<Known> all;
  bool unreadable = false;
};

/// How it went, with the cause where it failed.
std::string in_a_line(const report::Result& result) {
  const report::Cause* cause = report::cause_of(result);
  if (result.verdict.outcome != judge::Outcome::fail || cause == nullptr)
    return report::summary_line(result, style_of(STDOUT_FILENO));
  const trace::Header& header = result.trace.header;
  return printable_line(
      fmt::format("✕ {} · {}: the client {}", header.scenario, header.client, cause->does));
}

/// One by one, and without their events: a folder may hold gigabytes of them.
Runs read(const std::vector<std::string>& files, const judge::Options& judging) {
  Runs runs;
  for (const std::string& file : files) {
    SavedRuns one = judge_files({file}, judging, [](std::size_t, report::Result& result) {
      report::let_go(result, false);
    });
    runs.unreadable = runs.unreadable || one.unreadable;
    for (const report::Result& result : one.results)
      runs.all.push_back({file, result.trace.header.scenario, result.trace.header.client,
                          in_a_line(result), result.verdict.outcome});
  }
  return runs;
}

bool failed(const Known& run) {
  return run.outcome == judge::Outcome::fail || run.outcome == judge::Outcome::error;
}

int tell(const std::string& file, const judge::Options& judging) {
  const SavedRuns runs = judge_files({file}, judging);
  for (const report::Result& result : runs.results)
    fmt::print("{}", report::why(result, style_of(STDOUT_FILENO)));
  return runs.unreadable ? bad_scenario : all_passed;
}

/// Several could be meant: which, and what to type for each.
void list(const std::vector<const Known*>& runs) {
  constexpr std::size_t most = 20;
  for (std::size_t i = 0; i < std::min(runs.size(), most); ++i)
    fmt::print("{}\n  halfopen why {}\n", runs[i]->line, report::in_quotes(runs[i]->file));
  if (runs.size() > most) fmt::print("… and {} more\n", runs.size() - most);
}

std::vector<const Known*> chosen(const Runs& runs, const std::string& name) {
  std::vector<const Known*> fitting;
  std::vector<std::string> names;
  for (const Known& run : runs.all) {
    if (name.empty() || run.is(name)) fitting.push_back(&run);
    for (const std::string& one : {run.scenario, run.client, run.stem()}) names.push_back(one);
  }
  if (fitting.empty() && !name.empty())
    throw Misuse("why", fmt::format("no run of these is of the scenario or client `{}`{}", name,
                                    did_you_mean(name, names)));
  return fitting;
}

int why(const std::vector<std::string>& words, const judge::Options& judging) {
  const Asked asked = understood(words);
  if (asked.files.size() == 1 && asked.run.empty()) return tell(asked.files.front(), judging);
  const Runs runs = read(asked.files, judging);
  std::vector<const Known*> fitting = chosen(runs, asked.run);
  if (fitting.size() == 1) return tell(fitting.front()->file, judging);
  std::erase_if(fitting, [](const Known* run) { return !failed(*run); });
  if (fitting.size() == 1) return tell(fitting.front()->file, judging);
  if (fitting.empty())
    fmt::print("none of {} runs failed: there is nothing to tell\n", runs.all.size());
  else
    list(fitting);
  return runs.unreadable ? bad_scenario : all_passed;
}

}  // namespace

void add_why(CommandLine& line) {
  Command command = line.add("why", "Tells one failure of a saved run as a story");
  const auto words = std::make_shared<std::vector<std::string>>();
  const auto judging = std::make_shared<judge::Options>();
  command
      .add_option("PATH", *words,
                  "Names traces, or a folder of them (run --trace-dir); then, of several, the "
                  "scenario, client or trace to tell")
      .required();
  command.add_flag("--strict", judging->strict, "Counts what an RFC says SHOULD be as a failure");
  command.does([words, judging] { return why(*words, *judging); });
}

}  // namespace halfopen::cli
