// The client's command: fork, order everything as a program may expect it, exec.
#pragma once

#include <sys/resource.h>
#include <sys/types.h>

#include <array>

#include "io/net/broker.h"

namespace halfopen::io {

/// Starts the command in a session of its own, and returns once it runs. Throws Error("start `x`:
/// reason") if it cannot be executed.
[[nodiscard]] pid_t start_command(const SpawnRequest& request, const std::array<int, 3>& standard,
                                  const rlimit& file_limit);

}  // namespace halfopen::io
