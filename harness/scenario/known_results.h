// What a client is known to do otherwise than a scenario asks: `expected.toml` beside its
// client.toml. A scenario that is not named there is expected to pass.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/loader.h"

namespace halfopen::scenario {

struct KnownResult {
  std::string verdict;  ///< "fail" or "unsupported".
  std::string why;      ///< One line; never empty.
  Place place;
};
using KnownResults = std::map<std::string, KnownResult, std::less<>>;  ///< By scenario name.

/// `file` is for messages only; nothing is read but `text`. `scenarios` are the names that there
/// are: one of no scenario would never be compared with anything, and is a mistake.
[[nodiscard]] Loaded<KnownResults> load_known_results(std::string_view text,
                                                      const std::string& file,
                                                      const std::vector<std::string>& scenarios);

}  // namespace halfopen::scenario
