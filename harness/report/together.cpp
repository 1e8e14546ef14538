// Several runs of one scenario against one client: what they decide together, and with which seeds
// they failed.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/bytes.h"
#include "report/report.h"

namespace halfopen::report {
namespace {

/// Scenario (also its text), client and link.
using Subject = std::tuple<std::string, std::string, std::string, std::string, std::string>;

Subject subject_of(const Result& result) {
  const trace::Header& header = result.trace.header;
  return {header.scenario, header.client, header.client_given, header.link, header.scenario_hash};
}

/// Those of one subject.
struct Runs {
  std::size_t count = 0;
  std::size_t failed = 0;
  std::set<std::uint64_t> seeds;
  std::set<std::uint64_t> failed_with;
};

std::string how_often(const Runs& runs) {
  if (runs.seeds.size() == runs.count)
    return fmt::format("with {} of {} seeds ({})", runs.failed, runs.count,
                       fmt::join(runs.failed_with, ", "));
  const std::string often = fmt::format("in {} of {} runs", runs.failed, runs.count);
  return runs.seeds.size() == 1
             ? often
             : often + fmt::format(" (with the seeds {})", fmt::join(runs.failed_with, ", "));
}

}  // namespace

void decide_together(std::vector<Result>& results) {
  std::map<Subject, std::vector<Result*>> runs;
  for (Result& result : results) runs[subject_of(result)].push_back(&result);
  for (const auto& [subject, same] : runs) {
    std::vector<judge::Verdict*> verdicts;
    for (Result* each : same) verdicts.push_back(&each->verdict);
    judge::decide_together(*same.front()->scenario, verdicts);
  }
}

std::string seeds_that_failed(const std::vector<Result>& results) {
  std::map<Subject, Runs> all;
  for (const Result& result : results) {
    Runs& of = all[subject_of(result)];
    const std::uint64_t seed = result.trace.header.seed;
    ++of.count;
    of.seeds.insert(seed);
    if (result.verdict.outcome != judge::Outcome::fail) continue;
    ++of.failed;
    of.failed_with.insert(seed);
  }
  std::string text;
  for (const auto& [subject, of] : all)
    if (of.failed > 0 && of.failed < of.count)
      text += fmt::format("{} {}: failed {}\n", printable_line(std::get<0>(subject)),
                          printable_line(std::get<1>(subject)), how_often(of));
  return text;
}

}  // namespace halfopen::report
