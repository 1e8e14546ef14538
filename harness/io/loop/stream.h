// One TCP connection on the loop.
#pragma once

#include <sys/socket.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/bytes.h"
#include "base/descriptor.h"
#include "io/loop/loop.h"
#include "io/loop/pipe_queue.h"

namespace halfopen::io {

/// What waits to be written on several streams together.
struct Queued {
  std::size_t bytes = 0;
  /// Beyond this those of them that have something to write read nothing more.
  std::size_t high_water = std::size_t{16} * 1024 * 1024;
};

/// Owns an accepted or connected socket. Its callbacks may destroy it. Reading pauses by itself
/// while more than `high_water` bytes wait to be written, so that a peer which writes and never
/// reads cannot make it grow.
class Stream {
 public:
  struct Events {
    std::function<void(ByteView)> on_data;
    std::function<void()> on_end;      ///< The peer's FIN.
    std::function<void()> on_failure;  ///< RST or any other error; nothing follows.
    std::function<void()> on_drained;  ///< All that was written is with the kernel.
    /// More comes than fits well into reads: the receiver may take some with move_to(). Returns how
    /// much it took; 0: it is read.
    std::function<std::size_t()> on_plenty;
    /// Asked before each read: how many bytes it may bring. Null: as many as one read takes.
    std::function<std::size_t()> room;
  };
  static constexpr std::size_t high_water = 4 * 1024 * 1024;

  /// `queued`: shared with other streams; null: it is on its own.
  Stream(Loop& loop, Descriptor socket, Events events, std::shared_ptr<Queued> queued = nullptr);
  ~Stream();
  Stream(Stream&&) = delete;

  /// Copies what the kernel does not take at once.
  void write(ByteView bytes);
  /// The same in a TCP segment of its own, a millisecond apart from what is written before and
  /// after it, so that a peer which reads what comes gets it alone. Up to 65,536 may wait.
  void write_apart(ByteView bytes);
  /// Takes what has come into `to`, without a copy; returns how much. Only in on_plenty.
  std::size_t move_to(PipeQueue& to);
  /// Writes up to `most` bytes of `from` without a copy where the kernel has room, and else the
  /// first few with a copy, so that on_drained tells when it has. Returns how many left `from`.
  /// Only while nothing is waiting().
  std::size_t move_from(PipeQueue& from, std::size_t most);
  /// FIN, once all is written.
  void finish();
  /// RST at once; what was not written is lost. No callbacks follow.
  void reset();
  void pause_reading(bool pause);
  /// The same, by somebody who knows nothing of the other: it reads when neither stops it.
  void hold_reading(bool held);
  /// So many bytes more are read, and then nothing; none: all that come. From the first limit on
  /// the kernel's receive buffer is small, so that the peer feels it.
  void read_at_most(std::optional<std::uint64_t> bytes);
  /// Bytes that wait in the kernel to be read; 0 once it is closed.
  [[nodiscard]] std::uint64_t unread() const;
  /// The port of the other end; 0 once it is closed.
  [[nodiscard]] std::uint16_t peer_port() const;
  /// Bytes written so far, whether the kernel has taken them or not.
  [[nodiscard]] std::uint64_t written() const;
  /// Bytes that the kernel has not taken yet.
  [[nodiscard]] std::size_t waiting() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

/// "192.0.2.10:443", "[2001:db8::1]:443"; an IPv4 address mapped into IPv6 as the former.
[[nodiscard]] std::string readable(const sockaddr_storage& address);

/// Accepts one connection from a non-blocking listener; none: an empty descriptor. `peer` is set
/// to "address:port" ("[address]:port" for IPv6). Throws Error when there are no descriptors left:
/// the listener stays readable then (see Acceptor).
Descriptor accept_from(int listener, std::string& peer);

/// A non-blocking listener on a loopback port of the kernel's choice; `port` is set to it.
Descriptor listen_on_loopback(std::uint16_t& port);

/// Starts connecting to a loopback port, non-blocking. `local_port` is set to the port taken.
Descriptor connect_to_loopback(std::uint16_t port, std::uint16_t& local_port);

}  // namespace halfopen::io
