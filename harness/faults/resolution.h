// How a look-up of the server's name is answered, as plain data that a fault of the layer `dns`
// changes.
#pragma once

#include <cstdint>

#include "base/time.h"

namespace halfopen::faults {

struct Resolution {
  /// What the resolver does with a TCP connection.
  enum class Tcp { answers, refuses, says_nothing };
  /// How the network answers at an address that the server has left.
  enum class Left { closed, filtered, unreachable };

  bool silent = false;     ///< No query is answered.
  int code = 0;            ///< RCODE (RFC 1035, section 4.1.1).
  bool empty = false;      ///< The name exists and has no address.
  bool truncated = false;  ///< Over UDP every answer has TC set, and nothing in it.
  Tcp tcp = Tcp::answers;
  Duration delay{};
  std::uint32_t ttl = 0;   ///< Seconds.
  bool elsewhere = false;  ///< The server is at its other address.
  Left left = Left::unreachable;
  bool dead_ipv6 = false;  ///< Beside its IPv4 address it has an IPv6 address that leads nowhere.

  /// Whether a client can find an address at all.
  [[nodiscard]] bool resolves() const {
    return !silent && code == 0 && !empty && (!truncated || tcp == Tcp::answers);
  }
};

}  // namespace halfopen::faults
