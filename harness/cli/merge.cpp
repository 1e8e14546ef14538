// `halfopen merge FOLDER…`: the reports of a batch that several machines have shared (--shard).
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/error.h"
#include "cli/commands.h"
#include "cli/input.h"
#include "cli/output.h"
#include "cli/saved_reports.h"
#include "cli/shard_list.h"

namespace halfopen::cli {
namespace {

namespace fs = std::filesystem;

struct Request {
  std::vector<std::string> folders;
  SavedReports reports;
};

/// What the folders have, and what is missing, which has been said.
struct Found {
  std::vector<std::string> traces;
  bool whole = true;

  void lacks(const std::string& what) {
    complain("halfopen: merge: " + what);
    whole = false;
  }
};

/// The lists in a folder: several, where shards have written to one.
std::vector<std::string> lists_in(const std::string& folder) {
  std::error_code failed;
  std::vector<std::string> files;
  for (fs::directory_iterator entry(folder, failed), end; !failed && entry != end;
       entry.increment(failed)) {
    const std::string name = entry->path().filename().string();
    if (name.starts_with("shard-") && name.ends_with(".json"))
      files.push_back(entry->path().string());
  }
  if (failed) throw Error("read the folder " + folder, failed.message());
  std::sort(files.begin(), files.end());
  return files;
}

void add_traces(Found& found, const ShardList& list, const std::string& folder) {
  std::size_t missing = 0;
  std::string example;
  for (const ListedRun& run : list.runs) {
    const fs::path file = fs::path(folder) / run.trace;
    if (fs::path(run.trace).filename() == run.trace && fs::is_regular_file(file)) {
      found.traces.push_back(file.string());
    } else {
      if (missing++ == 0) example = run.scenario + " against " + run.client;
    }
  }
  if (list.runs.empty())
    found.lacks(
        fmt::format("shard {} of {} in {} has no runs", list.shard.index, list.shard.of, folder));
  if (missing > 0)
    found.lacks(
        fmt::format("{} of {} runs of shard {} have left no trace in {}, {} among them: the "
                    "shard was cut off, or its folder is not whole",
                    missing, list.runs.size(), list.shard.index, folder, example));
}

Found find(const std::vector<std::string>& folders) {
  Found found;
  std::vector<ShardList> lists;
  std::vector<std::string> places;
  for (const std::string& folder : folders) {
    const std::vector<std::string> files = lists_in(folder);
    if (files.empty())
      found.lacks(folder +
                  ": no list of a shard's runs is there; `run --shard I/N --trace-dir "
                  "FOLDER` writes one");
    for (const std::string& file : files) {
      lists.push_back(read_list(read_input(file), file));
      places.push_back(folder);
    }
  }
  for (const std::string& gap : gaps_in(lists, places)) found.lacks(gap);
  for (std::size_t i = 0; i < lists.size(); ++i) add_traces(found, lists[i], places[i]);
  return found;
}

/// What is there is reported in any case, and what is not makes it an error.
int merge(const Request& request) {
  request.reports.check("merge");
  const Found found = find(request.folders);
  if (found.traces.empty()) return bad_scenario;
  const int code = request.reports.write(found.traces);
  if (found.whole) return code;
  complain("halfopen: merge: the reports are not of the whole batch");
  return code == some_failed || code == internal ? code : bad_scenario;
}

}  // namespace

void add_merge(CommandLine& line) {
  const auto request = std::make_shared<Request>();
  Command command = line.add(
      "merge", "Writes the reports of a batch that several machines have shared, judged again");
  command
      .add_option("folders", request->folders,
                  "Names folders that `run --shard I/N --trace-dir` has written")
      .takes(value::folder)
      .required();
  request->reports.add_options(command);
  command.does([request] { return merge(*request); });
}

}  // namespace halfopen::cli
