// Whether the moment has come at which a step is to strike. Pure.
#pragma once

#include <optional>

#include "scenario/scenario.h"

namespace halfopen::run {

/// What has happened on an open connection, as far as moments depend on it.
struct Happened {
  Time opened{};
  int messages_begun = 0;   ///< Data messages of the client's whose first frame has begun …
  int messages = 0;         ///< … and those that have come whole.
  int echoes_begun = 0;     ///< Messages whose echo was begun.
  bool in_echo = false;     ///< Half of the newest echo is on its way, and the other half is not.
  std::uint64_t bytes = 0;  ///< Of the client's frames.
};

[[nodiscard]] bool has_come(const scenario::Moment& moment, const Happened& happened, Time now);
/// When it comes, if only time must pass.
[[nodiscard]] std::optional<Time> due(const scenario::Moment& moment, const Happened& happened);

}  // namespace halfopen::run
