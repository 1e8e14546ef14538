#include "cli/part.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/bytes.h"
#include "base/error.h"
#include "base/output_file.h"
#include "cli/input.h"
#include "cli/shard_list.h"
#include "crypto/hash.h"
#include "io/expected_length.h"
#include "scenario/files.h"

namespace halfopen::cli {
namespace {

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

using Durations = std::map<std::pair<std::string, std::string>, Duration>;  ///< Scenario, client.

Durations read_durations(const std::string& file) try {
  const auto json = nlohmann::json::parse(read_input(file));
  if (json.at("halfopen") != "report")
    throw Error("read " + file, "it is no report of `run --json`");
  Durations durations;
  for (const auto& run : json.at("runs")) {
    Duration& longest = durations[{run.at("scenario"), run.at("client")}];
    longest = std::max(longest, Duration(std::chrono::microseconds(run.at("duration_us"))));
  }
  return durations;
} catch (const nlohmann::json::exception& wrong) {
  throw Error("read " + file, std::string("it is no report of `run --json`: ") + wrong.what());
}

/// What tells this batch from every other: all that is run, in its order.
std::string hash_of(const std::vector<Pair>& pairs, std::uint64_t seed) {
  std::string text;
  for (const Pair& pair : pairs)
    text += fmt::format("{}\n{}\n{}\n", pair.scenario->name, pair.client->name,
                        seed + pair.seeds_later);
  return crypto::sha256_hex(as_bytes(text));
}

}  // namespace

void PartOptions::add(Command& command) {
  command.add_option("--shard", shard,
                     "Runs one part of the batch, such as 2/8; auto: as Bazel, GitLab, CircleCI, "
                     "Buildkite, Slurm or, with auto/8, Kubernetes say");
  command
      .add_option("--durations", durations,
                  "Shares the runs out by how long each took in this JSON report of an earlier "
                  "run; the same one on every machine")
      .takes(value::file);
}

Part::Part(const PartOptions& options, std::vector<Pair> pairs, std::uint64_t seed)
    : pairs_(std::move(pairs)), seed_(seed), in_all_(pairs_.size()) {
  if (options.shard.empty()) {
    if (!options.durations.empty()) throw Misuse("--durations", "there is no --shard");
    return;
  }
  shard_ = read_shard(options.shard, variable);
  // Bazel takes a test that does not touch it for one that runs everything in each shard.
  if (const std::string status = variable("TEST_SHARD_STATUS_FILE"); !status.empty())
    write_output(status, "");
  selection_ = hash_of(pairs_, seed);
  const Durations durations =
      options.durations.empty() ? Durations{} : read_durations(options.durations);
  std::vector<Duration> lengths;
  lengths.reserve(pairs_.size());
  for (const Pair& pair : pairs_) {
    const auto known = durations.find({pair.scenario->name, pair.client->name});
    lengths.push_back(known == durations.end() ? io::expected_length(*pair.scenario)
                                               : known->second);
  }
  std::vector<Pair> part;
  for (const std::size_t place : places_of(*shard_, lengths)) part.push_back(pairs_[place]);
  if (part.empty())
    throw Misuse("--shard", fmt::format("shard {} of {} has nothing to run: there are {} runs in "
                                        "all, so take at most as many shards",
                                        shard_->index, shard_->of, in_all_));
  pairs_ = std::move(part);
}

void Part::write_list(const std::string& folder, const std::vector<std::string>& traces) const {
  if (!shard_ || folder.empty()) return;
  ShardList list{*shard_, selection_, in_all_, {}};
  for (std::size_t i = 0; i < pairs_.size(); ++i)
    list.runs.push_back({pairs_[i].scenario->name, pairs_[i].client->name,
                         seed_ + pairs_[i].seeds_later, traces.at(i)});
  write_output((std::filesystem::path(folder) / list_name(*shard_)).string(), to_json(list));
}

}  // namespace halfopen::cli
