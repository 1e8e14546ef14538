// Ctrl-C, its relatives, and the signals that nobody expected.
#pragma once

#include <csignal>
#include <functional>
#include <memory>
#include <vector>

#include "base/descriptor.h"
#include "io/loop/loop.h"

namespace halfopen::io {

/// While it lives, the first SIGINT, SIGTERM or SIGHUP calls back on the loop, and a second one
/// ends the process at once, whatever it is doing. A stray (base/signals.h) calls back as well,
/// instead of ending the process without a word. A signal that the caller ignores (nohup) stays
/// ignored. One at a time in a process.
class Interruption {
 public:
  /// `exit_code`: what the process ends with at the second signal.
  Interruption(Loop& loop, int exit_code, std::function<void()> first);
  /// Once there was a first signal, a second one still ends the process at once.
  ~Interruption();
  Interruption(Interruption&&) = delete;

 private:
  void watch(int number, void (*handler)(int));

  struct Kept {
    int number;
    struct sigaction action;
  };
  Descriptor told_;  ///< An eventfd that the handler writes to.
  std::function<void()> first_;
  std::unique_ptr<Watch> watch_;
  std::vector<Kept> before_;
};

}  // namespace halfopen::io
