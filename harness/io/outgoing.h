// What is due in one direction of a relay goes on from here: into the kernel at once where that has
// room, else in order once it has.
#pragma once

#include <deque>

#include "io/loop/stream.h"

namespace halfopen::io {

/// Bytes; or how many of those in the direction's pipes; or an ending.
struct Chunk {
  enum class Ending { none, finish, reset };
  Bytes bytes{};
  std::size_t piped = 0;
  Ending ending = Ending::none;
  [[nodiscard]] std::size_t size() const { return bytes.size() + piped; }
};

class Outgoing {
 public:
  /// `pipes`: where the bytes of piped chunks are, in their order.
  Outgoing(Stream& to, PipeQueue& pipes) : to_(to), pipes_(pipes) {}

  void put(Chunk chunk);
  /// The same for bytes that are not to be copied where the kernel has room for them.
  void write(ByteView bytes);
  /// To be called when the other side has room again. Where it has failed all is thrown away.
  void go_on();
  /// What waits here stays here until hold(false).
  void hold(bool held);

  /// Bytes that the kernel has not taken yet.
  [[nodiscard]] std::size_t waiting() const { return behind_bytes_ + to_.waiting(); }
  /// Whether nothing waits here. The stream may have bytes that wait.
  [[nodiscard]] bool empty() const { return behind_.empty(); }

 private:
  void pass(Chunk& chunk);
  void reset();

  Stream& to_;
  PipeQueue& pipes_;
  std::deque<Chunk> behind_;  ///< Behind what the stream has to write.
  std::size_t behind_bytes_ = 0;
  bool held_ = false;
};

}  // namespace halfopen::io
