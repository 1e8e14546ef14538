#include "io/relay.h"

#include <utility>

namespace halfopen::io {

namespace {

/// A lane that holds no more than this goes on, however much the others hold.
constexpr std::size_t small_lane = std::size_t{16} * 1024;

}  // namespace

Relay::Relay(Loop& loop, Descriptor client, Descriptor server, Hooks hooks,
             std::shared_ptr<Queued> queued)
    : hooks_(std::move(hooks)),
      queued_(std::move(queued)),
      up_(loop, [this](Chunk& chunk) { arrive(up_, down_, chunk); }),
      down_(loop, [this](Chunk& chunk) { arrive(down_, up_, chunk); }) {
  up_.delay = hooks_.delay_up;
  down_.delay = hooks_.delay_down;
  up_.source = std::make_unique<Stream>(loop, std::move(client), events_for(up_, down_));
  down_.source = std::make_unique<Stream>(loop, std::move(server), events_for(down_, up_));
}

Relay::~Relay() {
  count(up_, 0);
  count(down_, 0);
}

void Relay::count(Lane& lane, std::size_t under_way) {
  queued_->bytes += under_way - lane.counted;
  lane.counted = under_way;
}

Stream::Events Relay::events_for(Lane& lane, Lane& back) {
  Stream::Events events;
  events.on_data = [this, &lane, &back](ByteView bytes) { take(lane, back, bytes); };
  events.on_end = [this, &lane] { end(lane, Ending::finish); };
  events.on_failure = [this, &lane] { end(lane, Ending::reset); };
  // What this side could not take at once has gone: the other may be read again.
  events.on_drained = [this, &lane, &back] { adjust(back, lane); };
  return events;
}

void Relay::take(Lane& lane, Lane& back, ByteView bytes) {
  if (!lane.delay && lane.queue.size() == 0) {
    // Nothing to decide: the bytes go through without being copied.
    back.source->write(bytes);
    lane.delivered += bytes.size();
    if (&lane == &down_ && hooks_.delivered_to_client) hooks_.delivered_to_client(lane.delivered);
    return adjust(lane, back);
  }
  while (!bytes.empty()) {
    const ByteView chunk = bytes.first(std::min(chunk_size, bytes.size()));
    bytes = bytes.subspan(chunk.size());
    lane.queued += chunk.size();
    put(lane, {{chunk.begin(), chunk.end()}, Ending::none});
    if (over_) return;
  }
  adjust(lane, back);
}

void Relay::put(Lane& lane, Chunk chunk) {
  const Time time = now();
  const Time due = lane.delay ? lane.delay(chunk.bytes.size(), time) : time;
  lane.last_due = std::max(lane.last_due, due);
  lane.queue.put(lane.last_due, time, std::move(chunk));
}

void Relay::end(Lane& lane, Ending ending) {
  if (std::exchange(lane.ended, true)) return;
  if (&lane == &up_ && hooks_.client_left)
    hooks_.client_left(ending == Ending::reset ? trace::End::reset : trace::End::fin);
  put(lane, {{}, ending});
}

void Relay::arrive(Lane& lane, Lane& back, Chunk& chunk) {
  const bool to_client = &lane == &down_;
  switch (chunk.ending) {
    case Ending::none:
      lane.queued -= chunk.bytes.size();
      lane.delivered += chunk.bytes.size();
      back.source->write(chunk.bytes);
      adjust(lane, back);
      break;
    case Ending::finish:
      lane.delivered += 1;
      back.source->finish();
      break;
    case Ending::reset:
      back.source->reset();
      back.ended = true;
      if (to_client && hooks_.reset_to_client) hooks_.reset_to_client();
      break;
  }
  if (to_client && chunk.ending != Ending::reset && hooks_.delivered_to_client)
    hooks_.delivered_to_client(lane.delivered);
  if (chunk.ending != Ending::none) check_over();
}

void Relay::adjust(Lane& lane, const Lane& back) {
  const std::size_t under_way = lane.queued + back.source->waiting();
  count(lane, under_way);
  const bool too_much = under_way > small_lane && queued_->bytes > queued_->high_water;
  lane.source->pause_reading(held_ || under_way > Stream::high_water || too_much);
}

void Relay::hold(bool held) {
  held_ = held;
  up_.queue.hold(held);
  down_.queue.hold(held);
  adjust(up_, down_);
  adjust(down_, up_);
}

void Relay::check_over() {
  const bool all_delivered = up_.queue.size() == 0 && down_.queue.size() == 0;
  if (up_.ended && down_.ended && all_delivered && !std::exchange(over_, true) && hooks_.over)
    hooks_.over();
}

}  // namespace halfopen::io
