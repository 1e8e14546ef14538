// The invariants: what holds in every scenario unless `waive` names it. The names live here,
// where the loader needs them; the judge says what each means on a trace.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen::scenario {

struct InvariantName {
  std::string_view name;
  std::string_view about;  ///< One line.
};

[[nodiscard]] std::span<const InvariantName> invariant_names();

}  // namespace halfopen::scenario
