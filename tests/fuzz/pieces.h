// One connection of a client that is fuzzed, from its SYN to its end.
#pragma once

#include <algorithm>

#include "run/world.h"

namespace halfopen::fuzz {

/// The client's bytes come in pieces of that size (at least 1), a millisecond apart; then it
/// waits for whatever is due, ends TCP, and the run is over.
inline void play_in_pieces(run::World& world, ByteView bytes, std::size_t piece) {
  const int attempt = world.begin_attempt(Time{}, "192.0.2.10:1").attempt;
  world.accepted(Time{}, attempt);
  Time now{};
  for (ByteView rest = bytes; !rest.empty();) {
    const ByteView part = rest.first(std::min(piece, rest.size()));
    world.received(now += std::chrono::milliseconds(1), attempt, part);
    rest = rest.subspan(part.size());
  }
  world.tick(world.deadline());
  world.peer_finished(now, attempt);
  world.finish(now);
}

}  // namespace halfopen::fuzz
