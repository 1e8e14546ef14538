// A process that its clients cannot look into, though they are the same user's.
#pragma once

namespace halfopen::io {

/// As long as it lives, nobody without CAP_SYS_PTRACE may trace this process, read or write its
/// memory, or take its descriptors (ptrace(2), process_vm_writev(2), pidfd_getfd(2)), and it leaves
/// no core dump. What it forks is as it is, until it executes a program. What it owns below
/// /proc/self is root's: a process that still has to write there (uid_map) must not be it yet.
class Untraceable {
 public:
  /// Throws Error if the kernel refuses.
  Untraceable();
  ~Untraceable();
  Untraceable(const Untraceable&) = delete;
  Untraceable& operator=(const Untraceable&) = delete;

 private:
  bool traceable_before_;
};

}  // namespace halfopen::io
