// The process above a client: the init of its PID namespace in a world, or the reaper of all its
// descendants outside. It starts the client's command, passes signals on, and leaves nothing
// behind.
#pragma once

#include <sys/resource.h>

#include <array>

#include "io/net/broker.h"

namespace halfopen::io {

struct ClientInit {
  SpawnRequest request;
  int control = -1;               ///< The channel to the broker.
  std::array<int, 3> standard{};  ///< Becomes the command's standard input, output and error.
  rlimit file_limit{};            ///< The command's limit of open files.
};

/// Reports {"started": true} or {"problem": …} on the control channel, then {"exited": …}. Obeys
/// {"signal": number}. When the command ends, or the broker goes, it kills what is left, and
/// returns.
void run_client(const ClientInit& init);

}  // namespace halfopen::io
