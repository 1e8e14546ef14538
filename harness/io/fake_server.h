// The fake server's sockets: accepts connections, finds out which attempt each belongs to, and
// moves bytes between them and the session.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "io/loop/acceptor.h"
#include "io/loop/stream.h"
#include "run/session.h"

namespace halfopen::io {

class FakeServer {
 public:
  struct Hooks {
    /// The attempt of a new connection; 0: none, it is closed again.
    std::function<int(const std::string& peer)> attempt_of;
    /// Whose the FIN or RST is that has come on that attempt's connection.
    std::function<run::By(int attempt)> ended_by;
    /// Called after every call into the session.
    std::function<void()> settle;
    /// A connection has to wait until it can be accepted, and why.
    std::function<void(const std::string& why)> unreliable;
  };

  FakeServer(Loop& loop, Descriptor listener, run::Session& session, Hooks hooks);

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
  /// Bytes written to that connection so far.
  [[nodiscard]] std::uint64_t written(int attempt) const;

 private:
  void take(int attempt, Descriptor socket);
  Stream* find(int attempt) const;

  Loop& loop_;
  run::Session& session_;
  Hooks hooks_;
  std::shared_ptr<Queued> queued_ = std::make_shared<Queued>();
  std::map<int, std::unique_ptr<Stream>> streams_;
  Acceptor acceptor_;
};

}  // namespace halfopen::io
