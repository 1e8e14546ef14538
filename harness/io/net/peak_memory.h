// How much memory a process has had.
#pragma once

#include <sys/types.h>

#include <cstdint>

namespace halfopen::io {

/// The most that was resident of it at any time, in bytes (VmHWM in proc(5)); 0 if it has ended.
[[nodiscard]] std::uint64_t peak_memory_of(pid_t process);

}  // namespace halfopen::io
