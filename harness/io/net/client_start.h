// Starting a client: its pipes, and the process above it (client_init.h) in the right namespaces.
#pragma once

#include <sys/resource.h>
#include <sys/types.h>

#include "io/net/broker.h"

namespace halfopen::io {

/// Where a client is started. -1: where the broker is.
struct Room {
  int user_namespace = -1;
  int network_namespace = -1;
};

/// A client that is being started. The control channel carries what client_init.h says; where the
/// room is a world's, {"init": true} comes first, from the first process of the PID namespace: that
/// can only be made by another process, which then goes.
struct StartedClient {
  pid_t process = 0;
  Descriptor control;
  Descriptor input;  ///< halfopen's ends of the pipes, non-blocking.
  Descriptor output;
  Descriptor errors;
};

[[nodiscard]] StartedClient start_client(const SpawnRequest& request, const Room& room,
                                         const rlimit& file_limit);

/// Throws Error if this process cannot make the PID and mount namespaces that clients get. Changes
/// the process: to be called in an errand.
void try_client_room(const Room& room);

}  // namespace halfopen::io
