// A small writer of rtnetlink requests (rtnetlink(7)): links, addresses, routes. One object talks
// to one network namespace, whichever namespace its user is in by now.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/descriptor.h"

namespace halfopen::io {

/// What to change of a link; what is left out stays as it is.
struct LinkChange {
  std::optional<bool> up;
  std::optional<bool> arp;  ///< false sets IFF_NOARP.
  std::optional<std::uint32_t> mtu;
  std::optional<std::uint32_t> queue_length;  ///< txqueuelen, in packets.
};

/// A pair of connected Ethernet devices: one here, its peer in another namespace.
struct VethPair {
  std::string name;
  std::string address;  ///< Six bytes.
  std::string peer_name;
  std::string peer_address;
  int peer_namespace = -1;  ///< A descriptor of it.
};

/// Requests wait for the kernel's answer and throw Error if it refuses.
class Netlink {
 public:
  /// Talks to the network namespace that the process is in now.
  Netlink();
  /// Takes over a socket that another Netlink opened, in its namespace.
  explicit Netlink(Descriptor socket) : socket_(std::move(socket)) {}

  void change_link(const std::string& name, const LinkChange& change);
  void add_veth(const VethPair& pair);
  /// An IPv4 or IPv6 address; no duplicate address detection. Replaces an equal one.
  void add_address(const std::string& name, const std::string& address, unsigned char prefix);
  /// Takes an address away that the link has.
  void remove_address(const std::string& name, const std::string& address, unsigned char prefix);
  /// Everything (of a family: AF_INET or AF_INET6) goes out through the link. Replaces an equal
  /// one.
  void add_default_route(const std::string& name, unsigned char family);
  /// Packets that the device had to drop because its queue was full.
  [[nodiscard]] std::uint64_t dropped(const std::string& name);

  /// Gives the socket up, to be passed to another process.
  [[nodiscard]] Descriptor release() { return std::move(socket_); }

 private:
  struct LinkFacts {
    int index = 0;
    std::uint64_t dropped = 0;
  };
  [[nodiscard]] LinkFacts look_up(const std::string& name);
  void change_address(std::uint16_t kind, std::uint16_t flags, const std::string& name,
                      const std::string& address, unsigned char prefix);

  Descriptor socket_;
};

}  // namespace halfopen::io
