// A child process that nobody can stop for long: a client of the same user may send it SIGSTOP.
#pragma once

#include <signal.h>
#include <sys/types.h>

namespace halfopen::io {

/// Lets the child go on whenever it was stopped, from within the signal handler: whoever has
/// stopped it must not make this process wait for it. One at a time; takes over SIGCHLD meanwhile.
class Unstoppable {
 public:
  explicit Unstoppable(pid_t child);
  ~Unstoppable();
  Unstoppable(const Unstoppable&) = delete;
  Unstoppable& operator=(const Unstoppable&) = delete;

 private:
  pid_t before_;
  struct sigaction action_before_ {};
};

}  // namespace halfopen::io
