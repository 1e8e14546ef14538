#include "io/net/poll_loop.h"

#include <poll.h>

#include <cerrno>
#include <vector>

#include "base/error.h"

namespace halfopen::io {

void PollLoop::watch(int descriptor, std::function<void()> readable) {
  watched_[descriptor] = std::move(readable);
}

void PollLoop::run_once(int timeout_ms) {
  std::vector<pollfd> polled;
  polled.reserve(watched_.size());
  for (const auto& [descriptor, readable] : watched_) polled.push_back({descriptor, POLLIN, 0});
  if (writable_ >= 0) polled.push_back({writable_, POLLOUT, 0});
  if (::poll(polled.data(), polled.size(), timeout_ms) < 0) {
    if (errno != EINTR) throw_errno("wait for events");
    return;
  }
  for (const pollfd& one : polled) {
    if (one.revents == 0 || one.events == POLLOUT) continue;
    const auto found = watched_.find(one.fd);
    if (found == watched_.end()) continue;
    const std::function<void()> readable = found->second;  // it may forget itself
    readable();
  }
}

}  // namespace halfopen::io
