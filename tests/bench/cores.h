// Which cores work on what: what is measured has the first one for itself, and what loads it the
// others, so that a figure does not hang on where the kernel puts whom. Nothing happens on a
// machine with one core.
#pragma once

#include <sched.h>

namespace halfopen::bench {

enum class Cores { measured, others };

/// As long as it lives, this process and those that it starts stay on those cores.
class Pinned {
 public:
  /// Throws Error if the kernel refuses.
  explicit Pinned(Cores cores);
  Pinned(Pinned&&) = delete;
  ~Pinned();

 private:
  cpu_set_t before_;
};

}  // namespace halfopen::bench
