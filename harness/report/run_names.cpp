#include "report/run_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

namespace halfopen::report {

std::vector<std::string> names_of(const std::vector<const Result*>& runs) {
  std::map<std::string, std::vector<const trace::Header*>> same;
  for (const Result* run : runs) same[run->trace.header.scenario].push_back(&run->trace.header);
  std::map<std::string, int> taken;
  std::vector<std::string> names;
  for (const Result* run : runs) {
    const trace::Header& header = run->trace.header;
    const auto differs = [&](auto trace::Header::*member) {
      return std::ranges::any_of(same[header.scenario], [&](const trace::Header* other) {
        return other->*member != header.*member;
      });
    };
    std::string name = header.scenario;
    if (differs(&trace::Header::scenario_file)) name += " (" + header.scenario_file + ")";
    if (differs(&trace::Header::link)) name += ", link " + header.link;
    if (differs(&trace::Header::seed)) name += ", seed " + std::to_string(header.seed);
    const int nth = ++taken[name];
    names.push_back(nth == 1 ? name : fmt::format("{} #{}", name, nth));
  }
  return names;
}

std::vector<std::string> names_of(const std::vector<Result>& results) {
  std::map<std::string, std::vector<std::size_t>> by_client;
  for (std::size_t i = 0; i < results.size(); ++i)
    by_client[results[i].trace.header.client].push_back(i);
  std::vector<std::string> all(results.size());
  for (const auto& [client, places] : by_client) {
    std::vector<const Result*> runs;
    runs.reserve(places.size());
    for (const std::size_t place : places) runs.push_back(&results[place]);
    std::vector<std::string> names = names_of(runs);
    for (std::size_t i = 0; i < places.size(); ++i) all[places[i]] = std::move(names[i]);
  }
  return all;
}

}  // namespace halfopen::report
