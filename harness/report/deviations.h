// Results beside what a client is known to do.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "report/report.h"
#include "scenario/known_results.h"

namespace halfopen::report {

/// By the client's name, as in trace::Header::client.
using KnownByClient = std::map<std::string, scenario::KnownResults>;

/// A line for each result that is not the expected one, in either direction. What could not be
/// decided (inconclusive, or unsupported where that was not expected) deviates from nothing.
[[nodiscard]] std::vector<std::string> deviations(const std::vector<Result>& results,
                                                  const KnownByClient& known);
/// Of these lines those of results that are better than they were known to be.
[[nodiscard]] std::vector<std::string> better_than_known(const std::vector<Result>& results,
                                                         const KnownByClient& known);
/// Whether the client is known to fail this scenario.
[[nodiscard]] bool is_known_failure(const Result& result, const KnownByClient& known);

}  // namespace halfopen::report
