// Running the loop until something has happened, and sockets for the other end.
#pragma once

#include <functional>
#include <string>
#include <utility>

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
Ends connected();

/// What is there to be read, up to `most` bytes; `ended` is set at a FIN, `failed` at an RST.
struct Heard {
  std::string text;
  bool ended = false;
  bool failed = false;
};
void hear(const Descriptor& socket, Heard& heard, std::size_t most = 1 << 20);

/// Writes what the kernel takes; returns how much.
std::size_t say(const Descriptor& socket, std::string_view text);

/// RST.
void abort_connection(Descriptor& socket);

}  // namespace halfopen::io::testing
