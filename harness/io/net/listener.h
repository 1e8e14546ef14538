// Listening TCP sockets, and UDP sockets that serve.
#pragma once

#include <cstdint>

#include "base/descriptor.h"

namespace halfopen::io {

/// A non-blocking listener for a port of every address of the namespace that the process is in,
/// IPv6 and IPv4 alike where the kernel knows both.
[[nodiscard]] Descriptor listen_on(std::uint16_t port);

/// The same for UDP.
[[nodiscard]] Descriptor open_datagrams(std::uint16_t port);

}  // namespace halfopen::io
