// A WebSocket client that does nothing but load an echo server: its frames are made beforehand, and
// of the echo only the bytes are counted (the first one is looked at).
#pragma once

#include <cstddef>
#include <cstdint>

namespace halfopen::bench {

/// Messages of `size` bytes of text echoed per second, over one connection, pipelined.
[[nodiscard]] double echoed_per_second(std::uint16_t port, std::size_t size, double warm_up,
                                       double seconds);

}  // namespace halfopen::bench
