// The plainest ends of a TCP connection: blocking sockets that send, sink and echo. Run in jobs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/descriptor.h"

namespace halfopen::bench {

struct Target {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;
};

/// A connected socket with TCP_NODELAY. Tries for two seconds where nobody listens yet.
[[nodiscard]] Descriptor connect_to(const Target& target);
/// A listener on every address of this process's network namespace.
[[nodiscard]] Descriptor listen_on(std::uint16_t port);
/// The next connection of a listener, whether that is blocking or not; blocking, TCP_NODELAY.
[[nodiscard]] Descriptor accept_one(int listener);
/// A port of the loopback interface on which nobody listens now.
[[nodiscard]] std::uint16_t free_port();

/// Sends as fast as it goes, until the peer is gone.
void send_without_end(int socket);
/// Reads everything; returns the bits per second of the `seconds` after the first `warm_up`.
[[nodiscard]] double sink(int socket, double warm_up, double seconds);
/// Sends back what comes until the peer is gone.
void echo(int socket);
/// Round trips of messages of that size in µs, one after the other, `pause` seconds apart.
[[nodiscard]] std::vector<double> round_trips(int socket, int count, std::size_t size,
                                              double pause);

/// CLOCK_MONOTONIC in seconds.
[[nodiscard]] double seconds_now();
void write_whole(int socket, const void* data, std::size_t size);
void read_whole(int socket, void* data, std::size_t size);

}  // namespace halfopen::bench
