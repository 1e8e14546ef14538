// A relayed TCP connection: what one side sends goes to the other, through a pipeline that may
// delay it. The stream link is made of these.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>

#include "io/due_queue.h"
#include "io/loop/stream.h"
#include "trace/event.h"

namespace halfopen::io {

/// Decides when a chunk that comes now may go on; null: at once.
using ChunkDelay = std::function<Time(std::size_t size, Time now)>;

class Relay {
 public:
  struct Hooks {
    ChunkDelay delay_up;    ///< Towards the server.
    ChunkDelay delay_down;  ///< Towards the client.
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

  /// A chunk is at most one segment on a usual path, where chunks are delayed one by one.
  static constexpr std::size_t chunk_size = 1460;

 private:
  enum class Ending { none, finish, reset };
  struct Chunk {
    Bytes bytes;
    Ending ending = Ending::none;
  };
  /// One direction.
  struct Lane {
    std::unique_ptr<Stream> source;
    DueQueue<Chunk> queue;
    ChunkDelay delay;
    Time last_due{};
    std::size_t queued = 0;
    std::size_t counted = 0;  ///< What all relays together have of this lane.
    std::uint64_t delivered = 0;
    bool ended = false;
    Lane(Loop& loop, std::function<void(Chunk&)> arrive) : queue(loop, std::move(arrive)) {}
  };

  Stream::Events events_for(Lane& lane, Lane& back);
  void take(Lane& lane, Lane& back, ByteView bytes);
  void put(Lane& lane, Chunk chunk);
  void arrive(Lane& lane, Lane& back, Chunk& chunk);
  void end(Lane& lane, Ending ending);
  void adjust(Lane& lane, const Lane& back);
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
