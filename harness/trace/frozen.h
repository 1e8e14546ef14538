// When the client was stopped (SIGSTOP) by the scenario: none of that is the client's time.
#pragma once

#include <utility>
#include <vector>

#include "trace/event.h"

namespace halfopen::trace {

class Frozen {
 public:
  explicit Frozen(const Trace& trace);

  /// How much of that time it was stopped.
  [[nodiscard]] Duration between(Duration from, Duration to) const;
  /// When it runs, from then on: that moment itself, or when it goes on; `forever`: it does not.
  [[nodiscard]] Duration runs_from(Duration at) const;

 private:
  std::vector<std::pair<Duration, Duration>> spans_;  ///< In their order.
};

}  // namespace halfopen::trace
