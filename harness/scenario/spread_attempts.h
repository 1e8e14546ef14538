// Puts [[attempt]] tables that name their attempts (`on = [2, 5]`) into the sequence of the others.
#pragma once

#include <set>
#include <vector>

#include "scenario/problems.h"
#include "scenario/scenario.h"

namespace halfopen::scenario {

/// An [[attempt]] table as written.
struct AttemptTable {
  Attempt attempt;
  std::set<int> on{};  ///< The numbers of its attempts; empty: it takes its turn.
  Place on_place{};
};

/// The attempts in their order: each table with `on` at its numbers, and the others, in turn, on
/// what is left. Where none is left before a named one, an attempt is accepted and echoed. Reports
/// numbers that two tables claim.
[[nodiscard]] std::vector<Attempt> spread_attempts(const std::vector<AttemptTable>& tables,
                                                   Problems& problems);

}  // namespace halfopen::scenario
