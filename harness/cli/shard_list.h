// What a shard was to run: a file beside its traces, by which `halfopen merge` finds out what is
// missing.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/shard.h"

namespace halfopen::cli {

struct ListedRun {
  std::string scenario;
  std::string client;
  std::uint64_t seed = 0;
  std::string trace;  ///< The name of its file, in the same folder.
};

struct ShardList {
  Shard shard;
  std::string selection;        ///< A hash of all runs of all shards.
  std::size_t runs_in_all = 0;  ///< Of all shards.
  std::vector<ListedRun> runs;
};

/// "shard-2-of-8.json"
[[nodiscard]] std::string list_name(Shard shard);
[[nodiscard]] std::string to_json(const ShardList& list);
/// Throws Error, with the file's name.
[[nodiscard]] ShardList read_list(const std::string& text, const std::string& file);

/// What is wrong with the lists of several shards, each in a line of its own: shards that are
/// missing, that are there twice, or that belong to another batch. Empty: they are one whole.
/// `folders`: where each of the lists was found.
[[nodiscard]] std::vector<std::string> gaps_in(const std::vector<ShardList>& lists,
                                               const std::vector<std::string>& folders);

}  // namespace halfopen::cli
