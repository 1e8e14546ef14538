// What a freshly forked process must put in order, and other small facts of processes.
#pragma once

#include <sys/resource.h>
#include <sys/types.h>

#include <vector>

#include "base/descriptor.h"

namespace halfopen::io {

/// Closes every descriptor above standard error but these: a helper that kept the others would keep
/// channels open whose end means that somebody died.
void close_all_but(std::vector<int> keep);

/// Every signal as the kernel gives it to a first process: nothing ignored, caught or blocked.
void reset_signals();

/// A descriptor that is readable once SIGCHLD came; blocks the usual delivery.
[[nodiscard]] Descriptor watch_children();

struct Pipe {
  Descriptor reading;
  Descriptor writing;
};

/// A pipe, close-on-exec.
[[nodiscard]] Pipe make_pipe();
void set_nonblocking(const Descriptor& descriptor);

/// A descriptor that is readable once the process has ended; none on kernels before 5.3.
[[nodiscard]] Descriptor process_descriptor(pid_t process);

/// Lets this process open as many files as it may; returns the limit for its clients: the one that
/// was in force before, but 1,024 where that may be had.
rlimit raise_file_limit();

/// The name that ps and top show, at most 15 bytes.
void name_process(const char* name);

}  // namespace halfopen::io
