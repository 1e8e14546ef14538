// The fake server's sockets: accepts connections, finds out which attempt each belongs to, and
// moves bytes between them and the core of the run.
#pragma once

#include <map>
#include <memory>
#include <optional>

#include "io/link.h"
#include "io/loop/acceptor.h"
#include "io/loop/stream.h"
#include "run/inside.h"

namespace halfopen::io {

class FakeServer {
 public:
  /// `link` knows which attempt a connection belongs to, and who ended it.
  FakeServer(Loop& loop, Descriptor listener, run::Inside& inside, const Link& link);

  void write(int attempt, ByteView bytes);
  void write_apart(int attempt, ByteView bytes);
  void finish(int attempt);
  void reset(int attempt);
  void ignore(int attempt);
  /// So many bytes more are read, and then nothing; none: all that comes.
  void read_at_most(int attempt, std::optional<std::uint64_t> bytes);
  /// Nothing is read for now, or again what comes.
  void hold_reading(int attempt, bool held);
  /// Bytes written that the kernels have not taken, on all connections together.
  [[nodiscard]] std::size_t unsent() const { return queued_->bytes; }
  struct Waiting {
    std::uint64_t unread = 0;     ///< Bytes that wait in the server's kernel.
    std::uint16_t peer_port = 0;  ///< The client's; 0 where the connection is gone.
  };
  [[nodiscard]] Waiting waiting(int attempt) const;
  /// Closes so many connections at most; false once there are none. Thousands take longer than one
  /// turn of the loop may.
  bool close_some(std::size_t most);
  /// Bytes written to that connection so far.
  [[nodiscard]] std::uint64_t written(int attempt) const;

 private:
  void take(int attempt, Descriptor socket);
  Stream* find(int attempt) const;

  Loop& loop_;
  run::Inside& inside_;
  const Link& link_;
  std::shared_ptr<Queued> queued_ = std::make_shared<Queued>();
  std::map<int, std::unique_ptr<Stream>> streams_;
  Acceptor acceptor_;
};

}  // namespace halfopen::io
