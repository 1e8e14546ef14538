// What the sockets of a network namespace hold, as the kernel tells it (sock_diag(7)).
#pragma once

#include <cstdint>
#include <optional>

#include "base/descriptor.h"

namespace halfopen::io {

/// A socket that answers for the network namespace that the process is in now, from whichever
/// namespace it is asked later; empty where the kernel has no such thing.
[[nodiscard]] Descriptor open_diagnosis();

/// Bytes in the send queue of the TCP connection from that local port: handed to the kernel, and
/// not acknowledged by the peer. None if there is no such connection, or the kernel does not tell.
[[nodiscard]] std::optional<std::uint64_t> send_queue_of(const Descriptor& diagnosis,
                                                         std::uint16_t port);

}  // namespace halfopen::io
