// Makes the network of a world: two namespaces, a device in each, listening sockets in the
// server's. Runs as an errand, since it moves its process through the namespaces.
#pragma once

#include "io/net/broker.h"
#include "io/net/message.h"

namespace halfopen::io {

/// How this machine lets us make worlds.
struct Access {
  int user_namespace = -1;  ///< A descriptor of the one to be entered first; -1: none is needed.
  bool tun = true;          ///< TUN devices, or else veth pairs with packet sockets.
};

/// Which descriptor of the answer is what; the resolver's sockets (UDP, TCP), if they are asked
/// for, and the listeners follow.
enum class WorldPart : std::size_t {
  client_namespace,
  server_namespace,
  client_netlink,
  server_netlink,
  client_device,
  server_device,
  listeners
};

/// Answers with the descriptors of the world's parts, and with the devices' headers in the body.
[[nodiscard]] Message make_world_network(const Access& access, const WorldRequest& request);

}  // namespace halfopen::io
