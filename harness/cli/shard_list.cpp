#include "cli/shard_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "base/error.h"

namespace halfopen::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr int format = 1;

}  // namespace

std::string list_name(Shard shard) {
  return fmt::format("shard-{}-of-{}.json", shard.index, shard.of);
}

std::string to_json(const ShardList& list) {
  Json json{{"halfopen", "shard"},         {"format", format},
            {"shard", list.shard.index},   {"of", list.shard.of},
            {"selection", list.selection}, {"runs_in_all", list.runs_in_all},
            {"runs", Json::array()}};
  for (const ListedRun& run : list.runs)
    json["runs"].push_back({{"scenario", run.scenario},
                            {"client", run.client},
                            {"seed", run.seed},
                            {"trace", run.trace}});
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

ShardList read_list(const std::string& text, const std::string& file) try {
  const Json json = Json::parse(text);
  if (json.at("halfopen") != "shard" || json.at("format") != format)
    throw Error("read " + file,
                fmt::format("it is no list of a shard's runs of format {}", format));
  ShardList list{
      {json.at("shard"), json.at("of")}, json.at("selection"), json.at("runs_in_all"), {}};
  for (const Json& run : json.at("runs"))
    list.runs.push_back({run.at("scenario"), run.at("client"), run.at("seed"), run.at("trace")});
  return list;
} catch (const Json::exception& wrong) {
  throw Error("read " + file, std::string("it is no list of a shard's runs: ") + wrong.what());
}

std::vector<std::string> gaps_in(const std::vector<ShardList>& lists,
                                 const std::vector<std::string>& folders) {
  std::vector<std::string> said;
  if (lists.empty()) return said;
  const ShardList& first = lists.front();
  std::map<int, std::string> found;
  for (std::size_t i = 0; i < lists.size(); ++i) {
    const ShardList& list = lists[i];
    if (list.shard.of != first.shard.of || list.selection != first.selection) {
      said.push_back(fmt::format(
          "{}: shard {} of {} belongs to another batch than the shards in {}: other scenarios, "
          "clients or seeds, or another number of shards",
          folders[i], list.shard.index, list.shard.of, folders.front()));
      continue;
    }
    const auto [place, is_new] = found.emplace(list.shard.index, folders[i]);
    if (!is_new)
      said.push_back(fmt::format("shard {} of {} is there twice: in {} and in {}", list.shard.index,
                                 list.shard.of, place->second, folders[i]));
  }
  std::string missing;
  for (int index = 1; index <= first.shard.of; ++index)
    if (!found.contains(index)) missing += fmt::format("{}{}", missing.empty() ? "" : ", ", index);
  if (!missing.empty())
    said.push_back(fmt::format("of {} shards these are missing: {}", first.shard.of, missing));
  return said;
}

}  // namespace halfopen::cli
