// The same run made more than once (--repeat): scenario, client, link and seed are one.
#pragma once

#include <vector>

#include "report/report.h"

namespace halfopen::report {

/// Pointers into the results that it was made of; at least one.
struct Repeats {
  std::vector<const Result*> runs;
  /// The first with the worst outcome: one failure is enough, as for the exit code.
  [[nodiscard]] const Result& worst() const;
};

/// In the order in which each was first made.
[[nodiscard]] std::vector<Repeats> repeats_of(const std::vector<const Result*>& runs);

/// Whether an outcome tells against the client, or against the run, more than another: fail, error,
/// inconclusive, unsupported, pass.
[[nodiscard]] bool is_worse(judge::Outcome outcome, judge::Outcome than);

}  // namespace halfopen::report
