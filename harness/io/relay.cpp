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
      up_(
          loop, [this](Chunk& chunk) { arrive(up_, down_, chunk); },
          [this] { write_together(up_, down_); }),
      down_(
          loop, [this](Chunk& chunk) { arrive(down_, up_, chunk); },
          [this] { write_together(down_, up_); }) {
  up_.passage = hooks_.up;
  down_.passage = hooks_.down;
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
  const std::size_t most = lane.is_cut() ? segment_size : bytes.size();
  while (!bytes.empty()) {
    const ByteView chunk = bytes.first(std::min(most, bytes.size()));
    bytes = bytes.subspan(chunk.size());
    put(lane, back, chunk);
    if (over_) return;
  }
  adjust(lane, back);
}

Time Relay::due(Lane& lane, std::size_t size, Time now) {
  lane.last_due = std::max(lane.last_due, lane.passage.due ? lane.passage.due(size, now) : now);
  return lane.last_due;
}

/// What has nothing to wait for is not even copied.
void Relay::put(Lane& lane, Lane& back, ByteView bytes) {
  const Time time = now();
  const Time when = due(lane, bytes.size(), time);
  if (when <= time && lane.queue.may_pass()) return pass_on(lane, back, bytes);
  lane.queued += bytes.size();
  lane.queue.put(when, time, {{bytes.begin(), bytes.end()}, Ending::none});
}

void Relay::end(Lane& lane, Ending ending) {
  if (std::exchange(lane.ended, true)) return;
  if (&lane == &up_ && hooks_.client_left)
    hooks_.client_left(ending == Ending::reset ? trace::End::reset : trace::End::fin);
  const Time time = now();
  lane.queue.put(due(lane, 0, time), time, {{}, ending});
}

void Relay::pass_on(Lane& lane, Lane& back, ByteView bytes) {
  lane.delivered += bytes.size();
  back.source->write(bytes);
  if (&lane == &down_ && hooks_.delivered_to_client) hooks_.delivered_to_client(lane.delivered);
}

void Relay::arrive(Lane& lane, Lane& back, Chunk& chunk) {
  lane.queued -= chunk.bytes.size();
  if (chunk.ending == Ending::none && chunk.bytes.size() <= segment_size)
    return append(lane.together, chunk.bytes);
  write_together(lane, back);
  if (chunk.ending == Ending::none) {
    pass_on(lane, back, chunk.bytes);
    return adjust(lane, back);
  }
  const bool to_client = &lane == &down_;
  if (chunk.ending == Ending::finish) {
    lane.delivered += 1;
    back.source->finish();
    if (to_client && hooks_.delivered_to_client) hooks_.delivered_to_client(lane.delivered);
  } else {
    back.source->reset();
    back.ended = true;
    if (to_client && hooks_.reset_to_client) hooks_.reset_to_client();
  }
  check_over();
}

void Relay::write_together(Lane& lane, Lane& back) {
  if (lane.together.empty()) return;
  pass_on(lane, back, std::exchange(lane.together, {}));
  adjust(lane, back);
}

void Relay::adjust(Lane& lane, const Lane& back) {
  const std::size_t waiting = back.source->waiting();
  const std::size_t under_way = lane.queued + waiting;
  count(lane, under_way);
  const std::size_t most = lane.is_cut() ? Stream::high_water : most_on_its_way;
  const bool too_much = under_way > small_lane && queued_->bytes > queued_->high_water;
  lane.source->pause_reading(held_ || lane.queued > most || waiting > Stream::high_water ||
                             too_much);
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
