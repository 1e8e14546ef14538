#include "judge/own_time.h"

#include <algorithm>
#include <chrono>

#include "link/way.h"
#include "scenario/story.h"

namespace halfopen::judge {
namespace {

// What is repeated waits twice as long each time (RFC 6298, section 5.5); the first time and each
// time it may be a little later.
constexpr Duration lateness = std::chrono::seconds(1);

// The slowest link that the run had until then.
link::Link slowest(const Evidence& evidence, Duration until) {
  link::Link slow = evidence.scenario.link;
  const bool changed = std::ranges::any_of(evidence.trace.events, [&](const trace::Event& event) {
    const auto* change = std::get_if<trace::LinkChanged>(&event.body);
    return change != nullptr && change->settings && event.at <= until;
  });
  if (!changed) return slow;
  const auto take = [](link::Settings& into, const std::optional<link::Settings>& from) {
    if (!from) return;
    into.delay = std::max(into.delay, from->delay);
    into.jitter = std::max(into.jitter, from->jitter);
    if (from->rate) into.rate = std::min(into.rate.value_or(*from->rate), *from->rate);
  };
  for (const link::Change& change : scenario::changes(evidence.scenario)) {
    take(slow.up, change.up);
    take(slow.down, change.down);
  }
  return slow;
}

// What the server had sent in that attempt, in bytes: all of it may wait in front of a slow link.
std::uint64_t sent_by_server(const Evidence& evidence, int attempt, Duration until) {
  constexpr std::uint64_t head = 64;  // Of a frame, with its share of the packet's.
  std::uint64_t bytes = 0;
  for (const trace::Event& event : evidence.trace.events) {
    if (event.attempt != attempt) continue;
    const auto* frame = std::get_if<trace::Frame>(&event.body);
    if (frame && frame->from == trace::Side::server && event.at <= until)
      bytes += frame->length + head;
    // Of these it is not known when: they may all have been before it.
    const auto* omitted = std::get_if<trace::FramesOmitted>(&event.body);
    if (omitted && omitted->from == trace::Side::server)
      bytes += omitted->bytes + omitted->frames * head;
  }
  return bytes;
}

Duration time_to_pass(std::uint64_t bytes, const std::optional<double>& rate) {
  if (!rate || *rate <= 0) return Duration::zero();
  constexpr double bits = 8;
  return std::chrono::duration_cast<Duration>(
      std::chrono::duration<double>(static_cast<double>(bytes) * bits / *rate));
}

// Until when what that side sent from `since` on, and was lost, came all the same: at the latest
// with the repetition after the last that was lost.
Duration held_up_by_loss(const Evidence& evidence, int attempt, trace::Side side, Duration since,
                         Duration until) {
  Duration last = since;
  for_each<trace::DataLost>(evidence, [&](const trace::Event& event, const auto& lost) {
    if (event.attempt == attempt && lost.from == side && event.at >= since && event.at <= until)
      last = event.at;
  });
  return last == since ? Duration::zero() : 5 * (last - since) / 2 + lateness;
}

}  // namespace

OwnTime own_time(const Evidence& evidence, int attempt, Duration since, Duration until) {
  const link::Link link = slowest(evidence, until);
  const Duration known = link::there_and_back(link);
  OwnTime time;
  time.used = std::max(until - since - evidence.frozen.between(since, until) - known, Duration{});
  // Jitter may be several times what it is on the average.
  time.unsure = 3 * (link.up.jitter + link.down.jitter) +
                2 * time_to_pass(sent_by_server(evidence, attempt, since), link.down.rate) +
                held_up_by_loss(evidence, attempt, trace::Side::server, since, until) +
                held_up_by_loss(evidence, attempt, trace::Side::client, since, until);
  return time;
}

}  // namespace halfopen::judge
