#include "link/stream_delay.h"

#include <algorithm>
#include <limits>

namespace halfopen::link {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// Linux, on a path whose round trips differ little: the smoothed round trip and a floor of
/// 200 ms for four times its variation (tcp_rto_min; compare RFC 6298, 2.2 to 2.4).
constexpr Duration variation_floor = milliseconds(200);
/// Linux's TCP_RTO_MAX.
constexpr Duration longest_timeout = seconds(120);

const std::uint64_t losses_key = key_of("stream losses");

/// What comes behind loss, as far as a relay can do it.
Settings behind_loss(Settings settings) {
  settings.loss = NoLoss{};
  settings.drop.clear();
  settings.duplicate = 0;
  settings.corrupt = 0;
  settings.reorder = 0;
  settings.jitter_reorders = false;
  settings.queue = std::numeric_limits<std::uint64_t>::max();
  return settings;
}

}  // namespace

StreamPipeline::StreamPipeline(const Settings& settings, Direction direction, std::uint64_t seed,
                               Time start, Duration round_trip)
    : origin_{direction, seed, start},
      round_trip_(round_trip),
      pipeline_(behind_loss(settings), direction, seed, start) {
  loss_.change(settings, start);
}

void StreamPipeline::change(const Settings& settings, Duration round_trip, Time now) {
  round_trip_ = round_trip;
  loss_.change(settings, now);
  pipeline_.change(behind_loss(settings), now);
}

Duration StreamPipeline::retransmit(Unit unit, Time now, int& losses) {
  Duration late{};
  Duration timeout = std::min(round_trip_ + variation_floor, longest_timeout);
  for (losses = 0; losses < most_losses; ++losses) {
    Passage passage(origin_, unit, now + late);
    loss_.pass(passage);
    if (passage.carried()) break;
    late += timeout;
    timeout = std::min(2 * timeout, longest_timeout);
    ++unit.identity.nth;
  }
  return late;
}

Time StreamPipeline::behind_earlier(int attempt, Time due, Time now) {
  constexpr std::size_t many = 64;
  if (last_due_.size() > many)
    std::erase_if(last_due_, [now](const auto& entry) { return entry.second <= now; });
  Time& last = last_due_[attempt];
  last = std::max(last, due);
  return last;
}

StreamPipeline::Result StreamPipeline::decide(const Identity& chunk, std::size_t size, Time now) {
  Result result;
  const Unit unit{chunk, size};
  const Duration late = retransmit(unit, now, result.losses);
  losses_.add(mix(
      {Passage(origin_, unit, now).key, losses_key, static_cast<std::uint64_t>(result.losses)}));
  // The line is charged for the chunk when it comes: what waits behind a hole has crossed the
  // network by then, and is there at once when the hole is filled.
  const Time arrival = pipeline_.decide(unit, now).copies[0].due;
  result.due = behind_earlier(chunk.attempt, arrival + late, now);
  return result;
}

std::string StreamPipeline::decisions_hash() const {
  return hexadecimal(mix({losses_.value(), key_of(pipeline_.decisions_hash())}));
}

}  // namespace halfopen::link
