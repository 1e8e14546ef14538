// The invariants: what holds in every scenario unless `waive` names it. The names live here,
// where the loader needs them; the judge says what each means on a trace.
#pragma once

#include <chrono>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace halfopen::scenario {

/// `one-close`: so long may a client take to report the end of a connection. It may be busy with a
/// closing handshake of its own before it does.
inline constexpr Duration time_to_report = std::chrono::seconds(5);

struct InvariantName {
  std::string_view name;
  std::string_view about;  ///< One line.
};

[[nodiscard]] std::span<const InvariantName> invariant_names();

}  // namespace halfopen::scenario
