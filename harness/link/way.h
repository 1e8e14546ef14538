// How long a packet and its answer are on their way.
#pragma once

#include "link/settings.h"

namespace halfopen::link {

/// The delay and the jitter of both directions, without what a slow link, or what is lost, adds.
[[nodiscard]] inline Duration there_and_back(const Link& link) {
  return link.up.delay + link.up.jitter + link.down.delay + link.down.jitter;
}

}  // namespace halfopen::link
