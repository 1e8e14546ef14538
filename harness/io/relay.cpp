#include "io/relay.h"

#include <algorithm>
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
          [this] { write_together(up_); }),
      down_(
          loop, [this](Chunk& chunk) { arrive(down_, up_, chunk); },
          [this] { write_together(down_); }) {
  up_.passage = hooks_.up;
  down_.passage = hooks_.down;
  up_.source = std::make_unique<Stream>(loop, std::move(client), events_for(up_, down_));
  down_.source = std::make_unique<Stream>(loop, std::move(server), events_for(down_, up_));
  up_.out.emplace(*down_.source, up_.pipes);
  down_.out.emplace(*up_.source, down_.pipes);
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
  events.on_data = [this, &lane](ByteView bytes) { take(lane, bytes); };
  events.on_plenty = [this, &lane] { return take_plenty(lane); };
  events.room = [this] { return room(); };
  events.on_end = [this, &lane] { end(lane, Chunk::Ending::finish); };
  events.on_failure = [this, &lane, &back] {
    back.out->go_on();
    end(lane, Chunk::Ending::reset);
  };
  // What this side could not take at once has gone: the other may be read again.
  events.on_drained = [this, &back] {
    back.out->go_on();
    adjust(back);
    check_over();
  };
  return events;
}

/// Less the more waits already: each of a thousand clients that do not read would else bring a
/// whole read of bytes before it is noticed that all of them together are too many.
std::size_t Relay::room() const {
  const std::size_t left = queued_->high_water - std::min(queued_->bytes, queued_->high_water);
  return std::max(small_lane, left / 8);
}

void Relay::take(Lane& lane, ByteView bytes) {
  const std::size_t most = lane.is_cut() ? segment_size : bytes.size();
  while (!bytes.empty()) {
    const ByteView chunk = bytes.first(std::min(most, bytes.size()));
    bytes = bytes.subspan(chunk.size());
    put(lane, chunk);
    if (over_) return;
  }
  adjust(lane);
}

Time Relay::due(Lane& lane, std::size_t size, Time now) {
  lane.last_due = std::max(lane.last_due, lane.passage.due ? lane.passage.due(size, now) : now);
  return lane.last_due;
}

/// What has nothing to wait for is not even copied.
void Relay::put(Lane& lane, ByteView bytes) {
  const Time time = now();
  const Time when = due(lane, bytes.size(), time);
  if (when <= time && lane.queue.may_pass()) {
    lane.out->write(bytes);
    return delivered(lane, bytes.size());
  }
  lane.queued += bytes.size();
  lane.queue.put(when, time, {.bytes = {bytes.begin(), bytes.end()}});
}

std::size_t Relay::take_plenty(Lane& lane) {
  const std::size_t size = lane.is_cut() ? 0 : lane.source->move_to(lane.pipes);
  if (size == 0) return 0;
  const Time time = now();
  const Time when = due(lane, size, time);
  lane.queued += size;
  lane.queue.put(when, time, {.piped = size});
  adjust(lane);
  return size;
}

void Relay::end(Lane& lane, Chunk::Ending ending) {
  if (std::exchange(lane.ended, true)) return;
  if (&lane == &up_ && hooks_.client_left)
    hooks_.client_left(ending == Chunk::Ending::reset ? trace::End::reset : trace::End::fin);
  const Time time = now();
  lane.queue.put(due(lane, 0, time), time, {.ending = ending});
}

void Relay::arrive(Lane& lane, Lane& back, Chunk& chunk) {
  const std::size_t size = chunk.size();
  const Chunk::Ending ending = chunk.ending;
  lane.queued -= size;
  if (ending == Chunk::Ending::none && chunk.piped == 0 && size <= segment_size)
    return append(lane.together, chunk.bytes);
  write_together(lane);
  lane.out->put(std::move(chunk));
  switch (ending) {
    case Chunk::Ending::none:
      delivered(lane, size);
      adjust(lane);
      break;
    case Chunk::Ending::finish:
      delivered(lane, 1);
      break;
    case Chunk::Ending::reset:
      back.ended = true;
      if (&lane == &down_ && hooks_.reset_to_client) hooks_.reset_to_client();
      break;
  }
  check_over();
}

void Relay::delivered(Lane& lane, std::size_t count) {
  lane.delivered += count;
  if (&lane == &down_ && hooks_.delivered_to_client) hooks_.delivered_to_client(lane.delivered);
}

void Relay::write_together(Lane& lane) {
  if (lane.together.empty()) return;
  const Bytes together = std::exchange(lane.together, {});
  lane.out->write(together);
  delivered(lane, together.size());
  adjust(lane);
}

void Relay::adjust(Lane& lane) {
  const std::size_t waiting = lane.out->waiting();
  const std::size_t under_way = lane.queued + waiting;
  count(lane, under_way);
  const std::size_t most = lane.is_cut() ? Stream::high_water : most_on_its_way;
  const bool too_much = under_way > small_lane && queued_->bytes > queued_->high_water;
  lane.source->pause_reading(held_ || lane.queued > most || waiting > Stream::high_water ||
                             too_much);
}

void Relay::hold(bool held) {
  held_ = held;
  for (Lane* lane : {&up_, &down_}) {
    lane->queue.hold(held);
    lane->out->hold(held);
    adjust(*lane);
  }
  check_over();
}

void Relay::check_over() {
  const bool all_delivered = up_.is_empty() && down_.is_empty();
  if (up_.ended && down_.ended && all_delivered && !std::exchange(over_, true) && hooks_.over)
    hooks_.over();
}

}  // namespace halfopen::io
