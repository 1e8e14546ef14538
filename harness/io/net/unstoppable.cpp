#include "io/net/unstoppable.h"

#include <atomic>
#include <cerrno>

#include "base/error.h"

namespace halfopen::io {
namespace {

// What a signal handler may touch.
std::atomic<pid_t> child_to_wake{0};
static_assert(std::atomic<pid_t>::is_always_lock_free);

/// A child that was not stopped does not notice. (The parent is told of stops and ends alike, and
/// of several once.)
void handle(int /*number*/) {
  const int saved = errno;
  if (const pid_t child = child_to_wake; child > 0) ::kill(child, SIGCONT);
  errno = saved;
}

}  // namespace

Unstoppable::Unstoppable(pid_t child) : before_(child_to_wake.exchange(child)) {
  struct sigaction action {};
  action.sa_handler = handle;
  action.sa_flags = SA_RESTART;
  check_system("watch for SIGCHLD", ::sigaction(SIGCHLD, &action, &action_before_));
  ::kill(child, SIGCONT);  // it may have been stopped before
}

Unstoppable::~Unstoppable() {
  child_to_wake = before_;
  ::sigaction(SIGCHLD, &action_before_, nullptr);
}

}  // namespace halfopen::io
