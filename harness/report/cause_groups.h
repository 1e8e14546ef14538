// Failing runs by what lies behind them, for reports that must be short.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "report/cause.h"
#include "report/report.h"

namespace halfopen::report {

/// Pointers into the results that it was made of.
struct CauseGroup {
  const Cause* cause = nullptr;
  std::vector<const Result*> runs;
  const Result* shortest = nullptr;         ///< The run that shows it with the least beside it.
  const judge::Failure* example = nullptr;  ///< Of `shortest`, with that cause.
  [[nodiscard]] std::vector<std::string> clients() const;    ///< Names, each once.
  [[nodiscard]] std::vector<std::string> scenarios() const;  ///< Names, each once.
};

/// Of those that failed: most runs first, and then in the order of causes().
[[nodiscard]] std::vector<CauseGroup> groups_by_cause(const std::vector<Result>& results);
/// The same for those of them that are wanted.
[[nodiscard]] std::vector<CauseGroup> groups_by_cause(
    const std::vector<Result>& results, const std::function<bool(const Result&)>& wanted);

/// "3 scenarios fail: reference crashes"; "the client" where there are several.
[[nodiscard]] std::string headline(const CauseGroup& group);

}  // namespace halfopen::report
