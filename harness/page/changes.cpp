#include "page/changes.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <utility>

#include "base/bytes.h"
#include "base/error.h"

namespace halfopen::page {
namespace {

using Json = nlohmann::ordered_json;
using Pair = std::pair<std::string, std::string>;  // Scenario and client.
using Outcomes = std::map<Pair, std::string>;

/// Of two outcomes the one that is to be seen.
std::string worse(const std::string& one, const std::string& other) {
  constexpr std::array<std::string_view, 5> order{"pass", "unsupported", "inconclusive", "error",
                                                  "fail"};
  const auto rank = [&](const std::string& outcome) {
    return std::ranges::find(order, outcome) - order.begin();
  };
  return rank(one) < rank(other) ? other : one;
}

void add(Outcomes& outcomes, Pair pair, const std::string& outcome) {
  const auto [entry, fresh] = outcomes.try_emplace(std::move(pair), outcome);
  if (!fresh) entry->second = worse(entry->second, outcome);
}

Outcomes outcomes_of(const std::string& baseline) try {
  const Json report = Json::parse(baseline);
  if (report.at("halfopen") != "report") throw Error("read the baseline", "it is no report");
  Outcomes outcomes;
  for (const Json& run : report.at("runs"))
    add(outcomes, {run.at("scenario"), run.at("client")}, run.at("outcome"));
  return outcomes;
} catch (const Json::exception&) {
  throw Error("read the baseline", "it is no report that `--json` has written");
}

Outcomes outcomes_of(const std::vector<report::Result>& results) {
  Outcomes outcomes;
  for (const report::Result& result : results)
    add(outcomes, {result.trace.header.scenario, result.trace.header.client},
        std::string(judge::name_of(result.verdict.outcome)));
  return outcomes;
}

Json change(const Pair& pair, const std::string& was, const std::string& is) {
  const auto safe = [](const std::string& text) { return printable(as_bytes(text)); };
  return {{"scenario", safe(pair.first)}, {"client", safe(pair.second)}, {"was", was}, {"is", is}};
}

}  // namespace

Json changes_since(const std::string& baseline, const std::vector<report::Result>& results) {
  if (baseline.empty()) return nullptr;
  const Outcomes before = outcomes_of(baseline);
  const Outcomes now = outcomes_of(results);
  Json changes{{"broken", Json::array()},
               {"mended", Json::array()},
               {"new", Json::array()},
               {"gone", Json::array()}};
  for (const auto& [pair, is] : now) {
    const auto found = before.find(pair);
    if (found == before.end())
      changes["new"].push_back(change(pair, "", is));
    else if (found->second != is)
      changes[worse(found->second, is) == is ? "broken" : "mended"].push_back(
          change(pair, found->second, is));
  }
  for (const auto& [pair, was] : before)
    if (!now.contains(pair)) changes["gone"].push_back(change(pair, was, ""));
  return changes;
}

}  // namespace halfopen::page
