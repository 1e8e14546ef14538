// Running the loop until something has happened, and sockets for the other end.
#pragma once

#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <functional>
#include <string>
#include <utility>

#include "base/error.h"
#include "io/loop/loop.h"
#include "io/loop/stream.h"

namespace halfopen::io::testing {

/// Runs the loop until `done`; false after 20 seconds, which only a failure reaches.
inline bool run_until(Loop& loop, const std::function<bool()>& done) {
  bool expired = false;
  Timer limit(loop);
  limit.set(now() + std::chrono::seconds(20), [&] { expired = true; });
  while (!done() && !expired) uv_run(loop.uv(), UV_RUN_ONCE);
  return !expired;
}

/// Handles what is there to be handled, several times over, without waiting.
inline void run_a_while(Loop& loop) {
  for (int i = 0; i < 200; ++i) uv_run(loop.uv(), UV_RUN_NOWAIT);
}

/// Two ends of a TCP connection over loopback; both non-blocking.
struct Ends {
  Descriptor near;
  Descriptor far;
};

inline Ends connected() {
  std::uint16_t port = 0;
  std::uint16_t local_port = 0;
  std::string peer;
  const Descriptor listener = listen_on_loopback(port);
  Ends ends;
  ends.far = connect_to_loopback(port, local_port);
  while (!ends.near) ends.near = accept_from(listener.get(), peer);
  return ends;
}

/// What is there to be read, up to `most` bytes; `ended` is set at a FIN, `failed` at an RST.
struct Heard {
  std::string text;
  bool ended = false;
  bool failed = false;
};

/// Reads what is there, up to `most` bytes.
inline void hear(const Descriptor& socket, Heard& heard, std::size_t most = 1 << 20) {
  std::array<char, 64 * 1024> buffer;
  while (most > 0 && !heard.ended && !heard.failed) {
    const ssize_t count = ::read(socket.get(), buffer.data(), std::min(most, buffer.size()));
    if (count < 0) {
      heard.failed = errno == ECONNRESET;
      return;
    }
    heard.ended = count == 0;
    heard.text.append(buffer.data(), static_cast<std::size_t>(count));
    most -= static_cast<std::size_t>(count);
  }
}

/// Writes what the kernel takes; returns how much.
inline std::size_t say(const Descriptor& socket, std::string_view text) {
  const ssize_t count = ::send(socket.get(), text.data(), text.size(), MSG_NOSIGNAL);
  return count < 0 ? 0 : static_cast<std::size_t>(count);
}

/// Writing to a peer that is gone is an error, as it is in halfopen, and not the end.
struct NoSigpipe {
  NoSigpipe() : before(std::signal(SIGPIPE, SIG_IGN)) {}
  NoSigpipe(NoSigpipe&&) = delete;
  ~NoSigpipe() { std::signal(SIGPIPE, before); }
  void (*before)(int);
};

/// RST.
inline void abort_connection(Descriptor& socket) {
  const linger at_once{1, 0};
  check_system("set SO_LINGER",
               setsockopt(socket.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once));
  socket.reset();
}

}  // namespace halfopen::io::testing
