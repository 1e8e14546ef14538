// A UDP socket on the loop that answers whoever sends to it.
#pragma once

#include <sys/socket.h>

#include <functional>
#include <string>

#include "base/bytes.h"
#include "base/descriptor.h"
#include "io/loop/loop.h"

namespace halfopen::io {

/// Where a datagram came from.
struct Peer {
  sockaddr_storage address{};
  socklen_t size = 0;

  /// "192.0.2.10:41234"; an IPv4 address that a dual-stack socket shows as an IPv6 one, too.
  [[nodiscard]] std::string text() const;
};

class Datagrams {
 public:
  /// Takes a bound, non-blocking socket. `received` is called for every datagram; it must not
  /// destroy this.
  Datagrams(Loop& loop, Descriptor socket,
            std::function<void(const Peer& peer, ByteView message)> received);

  /// What the kernel does not take at once is lost, as datagrams may be.
  void send(const Peer& peer, ByteView message);

 private:
  void read_some();

  Descriptor socket_;
  std::function<void(const Peer&, ByteView)> received_;
  Watch watch_;
};

}  // namespace halfopen::io
