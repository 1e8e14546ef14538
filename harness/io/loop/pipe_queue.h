// Bytes on their way from one socket to another that never leave the kernel: they are spliced into
// pipes and out again. A copy into this process and back costs three times as much.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>

#include "base/descriptor.h"

namespace halfopen::io {

/// First in, first out. All queues together have no more than `most_pipes`, which are full at about
/// 2 MiB each.
class PipeQueue {
 public:
  static constexpr std::size_t most_pipes = 24;

  struct Pipe {
    Descriptor in;
    Descriptor out;
    std::size_t bytes = 0;
  };

  PipeQueue() = default;
  PipeQueue(PipeQueue&&) = delete;
  ~PipeQueue() { clear(); }

  /// Moves up to `most` bytes in. 0: the socket has none, or its end is next, or there is no room;
  /// reading it tells. None: it has failed, and the kernel says so only once.
  std::optional<std::size_t> fill(int socket, std::size_t most);
  /// Moves up to `most` bytes out. 0: the socket has no room. None: it has failed.
  std::optional<std::size_t> drain(int socket, std::size_t most);
  /// Copies up to so many bytes out; returns how many.
  std::size_t read(std::span<std::uint8_t> to);
  void clear();

 private:
  bool add();
  void took(std::size_t bytes);

  std::deque<Pipe> pipes_;
};

}  // namespace halfopen::io
