// Several runs of one scenario against one client: what they decide together, and with which seeds
// they failed.
#include <fmt/format.h>

#include <algorithm>
#include <map>
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
  struct Seeds {
    std::vector<std::string> failed;
    std::size_t all = 0;
  };
  std::map<Subject, Seeds> seeds;
  for (const Result& result : results) {
    Seeds& of = seeds[subject_of(result)];
    ++of.all;
    if (result.verdict.outcome == judge::Outcome::fail)
      of.failed.push_back(std::to_string(result.trace.header.seed));
  }
  std::string text;
  for (const auto& [subject, of] : seeds) {
    if (of.failed.empty() || of.failed.size() == of.all) continue;
    text += fmt::format("{} {}: failed with {} of {} seeds ({})\n",
                        printable_line(std::get<0>(subject)), printable_line(std::get<1>(subject)),
                        of.failed.size(), of.all, fmt::join(of.failed, ", "));
  }
  return text;
}

}  // namespace halfopen::report
