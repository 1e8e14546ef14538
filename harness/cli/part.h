// The part of a batch that this machine runs: --shard and --durations.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/batch.h"
#include "cli/command_line.h"
#include "cli/shard.h"

namespace halfopen::cli {

struct PartOptions {
  std::string shard;      ///< "" for all runs.
  std::string durations;  ///< A JSON report of an earlier run, or "".

  void add(Command& command);
};

class Part {
 public:
  /// Takes from `pairs` those of this shard, by how long each took in the earlier report, or else
  /// by what its scenario tells. `seed`: the batch's. Tells Bazel that shards are heeded. Throws
  /// Misuse where nothing is left to run, Error where the report cannot be read.
  Part(const PartOptions& options, std::vector<Pair> pairs, std::uint64_t seed);

  [[nodiscard]] const std::vector<Pair>& pairs() const { return pairs_; }
  /// Writes the list of these runs into the folder of their traces, before they begin, so that
  /// `halfopen merge` finds out what is missing. `traces`: their files' names. Nothing where there
  /// are no shards. Throws Error.
  void write_list(const std::string& folder, const std::vector<std::string>& traces) const;

 private:
  std::vector<Pair> pairs_;
  std::optional<Shard> shard_;
  std::uint64_t seed_ = 0;
  std::string selection_;
  std::size_t in_all_ = 0;
};

}  // namespace halfopen::cli
