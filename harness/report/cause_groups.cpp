#include "report/cause_groups.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace halfopen::report {
namespace {

std::vector<std::string> each_once(const std::vector<const Result*>& runs,
                                   std::string trace::Header::*name) {
  std::vector<std::string> names;
  for (const Result* run : runs)
    if (std::ranges::find(names, run->trace.header.*name) == names.end())
      names.push_back(run->trace.header.*name);
  return names;
}

/// With the fewest failures, and of those the shortest.
const Result* plainest(const std::vector<const Result*>& runs) {
  return *std::ranges::min_element(runs, [](const Result* one, const Result* other) {
    const auto weight = [](const Result& run) {
      return std::pair(run.verdict.failures.size(), run.duration);
    };
    return weight(*one) < weight(*other);
  });
}

}  // namespace

std::vector<std::string> CauseGroup::clients() const {
  return each_once(runs, &trace::Header::client);
}

std::vector<std::string> CauseGroup::scenarios() const {
  return each_once(runs, &trace::Header::scenario);
}

std::vector<CauseGroup> groups_by_cause(const std::vector<Result>& results) {
  return groups_by_cause(results, [](const Result&) { return true; });
}

std::vector<CauseGroup> groups_by_cause(const std::vector<Result>& results,
                                        const std::function<bool(const Result&)>& wanted) {
  std::map<const Cause*, std::vector<const Result*>> found;  // they stand in one table
  for (const Result& result : results) {
    const bool failed = result.verdict.outcome == judge::Outcome::fail && wanted(result);
    if (const Cause* cause = failed ? cause_of(result) : nullptr) found[cause].push_back(&result);
  }
  std::vector<CauseGroup> groups;
  for (auto& [cause, runs] : found) {
    CauseGroup group{cause, std::move(runs)};
    group.shortest = plainest(group.runs);
    group.example = main_failure(*group.shortest);
    groups.push_back(std::move(group));
  }
  std::ranges::stable_sort(groups, [](const CauseGroup& one, const CauseGroup& other) {
    return one.runs.size() > other.runs.size();
  });
  return groups;
}

std::string headline(const CauseGroup& group) {
  const std::size_t scenarios = group.scenarios().size();
  const std::vector<std::string> clients = group.clients();
  return fmt::format("{} {}: {} {}", scenarios,
                     scenarios == 1 ? "scenario fails" : "scenarios fail",
                     clients.size() == 1 ? clients.front() : "the client", group.cause->does);
}

}  // namespace halfopen::report
