// --expected: what a run shows beside what expected.toml says of its client.
#pragma once

#include <vector>

#include "report/deviations.h"
#include "scenario/client.h"
#include "scenario/scenario.h"

namespace halfopen::cli {

/// The expected.toml of every client that has one. Throws Misuse.
[[nodiscard]] report::KnownByClient known_results(const std::vector<scenario::Client>& clients,
                                                  const std::vector<scenario::Scenario>& scenarios);

/// Prints what deviates. The exit code: what was not judged is not as expected either.
[[nodiscard]] int compare(const std::vector<report::Result>& results,
                          const report::KnownByClient& known);

}  // namespace halfopen::cli
