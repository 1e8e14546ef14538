// A relayed TCP connection: what one side sends goes to the other, through a pipeline that may
// delay it. The stream link is made of these.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "io/due_queue.h"
#include "io/loop/stream.h"
#include "io/outgoing.h"
#include "trace/event.h"

namespace halfopen::io {

/// What stands in the way of one direction.
struct Passage {
  /// Decides when a chunk that comes now may go on; null: at once.
  std::function<Time(std::size_t size, Time now)> due;
  /// Whether it decides otherwise from one segment to the next, so that no chunk may be longer.
  std::function<bool()> segment_by_segment;
};

class Relay {
 public:
  struct Hooks {
    Passage up;    ///< Towards the server.
    Passage down;  ///< Towards the client.
    /// Bytes of the server's stream that have been handed to the client's kernel so far; the FIN
    /// counts as one more.
    std::function<void(std::uint64_t delivered)> delivered_to_client;
    std::function<void()> reset_to_client;
    std::function<void(trace::End how)> client_left;
    /// Both sides are done; the relay may be destroyed soon after the call, not in it.
    std::function<void()> over;
  };

  /// `server` may still be connecting.
  /// `queued`: what all relays of a link hold.
  Relay(Loop& loop, Descriptor client, Descriptor server, Hooks hooks,
        std::shared_ptr<Queued> queued = std::make_shared<Queued>());
  ~Relay();
  Relay(Relay&&) = delete;

  /// Nothing is moved either way until hold(false); TCP pushes back on both sides.
  void hold(bool held);

  /// What a segment carries on a usual path.
  static constexpr std::size_t segment_size = 1460;
  /// So much of one direction may be on its way where all of it is delayed by the same time: 20 ms
  /// at 15 Gbit/s.
  static constexpr std::size_t most_on_its_way = std::size_t{40} * 1024 * 1024;

 private:
  /// One direction.
  struct Lane {
    std::unique_ptr<Stream> source;
    PipeQueue pipes;  ///< What came in plenty.
    DueQueue<Chunk> queue;
    std::optional<Outgoing> out;  ///< To the other lane's source.
    Passage passage;
    Time last_due{};
    Bytes together;  ///< Due at the same time, and written at once.
    std::size_t queued = 0;
    std::size_t counted = 0;  ///< What all relays together have of this lane.
    std::uint64_t delivered = 0;
    bool ended = false;
    Lane(Loop& loop, std::function<void(Chunk&)> arrive, std::function<void()> arrived)
        : queue(loop, std::move(arrive), std::move(arrived)) {}
    [[nodiscard]] bool is_empty() const { return queue.size() == 0 && out->empty(); }
    [[nodiscard]] bool is_cut() const {
      return passage.segment_by_segment && passage.segment_by_segment();
    }
  };

  Stream::Events events_for(Lane& lane, Lane& back);
  [[nodiscard]] std::size_t room() const;
  void take(Lane& lane, ByteView bytes);
  std::size_t take_plenty(Lane& lane);
  void put(Lane& lane, ByteView bytes);
  Time due(Lane& lane, std::size_t size, Time now);
  void arrive(Lane& lane, Lane& back, Chunk& chunk);
  void write_together(Lane& lane);
  void delivered(Lane& lane, std::size_t count);
  void end(Lane& lane, Chunk::Ending ending);
  void adjust(Lane& lane);
  void check_over();

  void count(Lane& lane, std::size_t under_way);

  Hooks hooks_;
  std::shared_ptr<Queued> queued_;
  Lane up_;    ///< Source: the client.
  Lane down_;  ///< Source: the server.
  bool held_ = false;
  bool over_ = false;
};

}  // namespace halfopen::io
