// When a run ends.
#pragma once

#include "play.h"

namespace halfopen::run {

/// The latest whole millisecond at which the run was still going on, from `from` on.
inline Duration last_moment(Play& play, Duration from) {
  for (Duration at = from;; at += 1ms) {
    play.until(at);
    if (!play.why_over().empty()) return at - 1ms;
    REQUIRE(at < 1h);
  }
}

}  // namespace halfopen::run
