#include "cli/pairs.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>

#include "scenario/coins.h"

namespace halfopen::cli {

void tell_apart(std::vector<scenario::Client>& clients) {
  std::map<std::string, std::vector<std::string>> given;  // by name, in order
  for (scenario::Client& client : clients) {
    auto& others = given[client.name];
    const auto found = std::find(others.begin(), others.end(), client.given);
    const auto nth = found - others.begin() + 1;
    if (found == others.end()) others.push_back(client.given);
    if (nth > 1) client.name += fmt::format(" #{}", nth);
  }
}

std::vector<Pair> pair_up(const std::vector<scenario::Scenario>& scenarios,
                          const std::vector<scenario::Client>& clients, int seeds) {
  std::vector<Pair> pairs;
  for (const scenario::Client& client : clients)
    for (const scenario::Scenario& scenario : scenarios) {
      const int times = scenario::hangs_on_chance(scenario) ? seeds : 1;
      for (int later = 0; later < times; ++later)
        pairs.push_back({&scenario, &client, static_cast<std::uint64_t>(later)});
    }
  return pairs;
}

std::vector<Pair> only_those_of(const std::vector<EarlierRun>& runs, std::vector<Pair> pairs) {
  std::erase_if(pairs, [&](const Pair& pair) {
    return std::ranges::none_of(
        runs, [&](const EarlierRun& run) { return run.is(*pair.scenario, *pair.client); });
  });
  return pairs;
}

std::vector<Pair> with_their_seeds(const std::vector<EarlierRun>& runs,
                                   const std::vector<Pair>& pairs, std::uint64_t seed) {
  std::vector<Pair> again;
  for (const Pair& pair : pairs)
    for (const EarlierRun& run : runs) {
      if (!run.is(*pair.scenario, *pair.client)) continue;
      const std::uint64_t later = run.seed - seed;  // modulo 2⁶⁴, as it is added again
      const bool known = std::ranges::any_of(again, [&](const Pair& each) {
        return each.scenario == pair.scenario && each.client == pair.client &&
               each.seeds_later == later;
      });
      if (!known) again.push_back({pair.scenario, pair.client, later});
    }
  return again;
}

std::vector<Pair> repeated(const std::vector<Pair>& pairs, int times) {
  std::vector<Pair> all;
  all.reserve(pairs.size() * static_cast<std::size_t>(times));
  for (int i = 0; i < times; ++i) all.insert(all.end(), pairs.begin(), pairs.end());
  return all;
}

}  // namespace halfopen::cli
