// Which scenario is run against which client, and how often.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "cli/batch.h"
#include "cli/earlier_report.h"

namespace halfopen::cli {

/// Two commands may run the same program; in reports and files they are two clients.
void tell_apart(std::vector<scenario::Client>& clients);

/// Everything with everything; where chance has a part in the verdict, with so many seeds.
[[nodiscard]] std::vector<Pair> pair_up(const std::vector<scenario::Scenario>& scenarios,
                                        const std::vector<scenario::Client>& clients, int seeds);

/// Those of the pairs that were among these runs.
[[nodiscard]] std::vector<Pair> only_those_of(const std::vector<EarlierRun>& runs,
                                              std::vector<Pair> pairs);
/// The same runs again, each with the seed that it had; `seed` is that of the batch.
[[nodiscard]] std::vector<Pair> with_their_seeds(const std::vector<EarlierRun>& runs,
                                                 const std::vector<Pair>& pairs,
                                                 std::uint64_t seed);

/// All of them so many times, one time after the other.
[[nodiscard]] std::vector<Pair> repeated(const std::vector<Pair>& pairs, int times);

}  // namespace halfopen::cli
