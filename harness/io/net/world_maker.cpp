#include "io/net/world_maker.h"

#include "base/error.h"
#include "io/net/listener.h"
#include "io/net/namespaces.h"
#include "io/net/netlink.h"
#include "io/net/protocol.h"
#include "io/net/side.h"
#include "io/net/socket_diagnosis.h"
#include "io/net/tun.h"
#include "io/net/veth.h"

namespace halfopen::io {
namespace {

constexpr std::uint16_t name_port = 53;

/// One side while it is being made.
struct SideParts {
  Descriptor network;
  Device device;
  Descriptor netlink;
};

/// A new namespace for a side; the process is in it afterwards.
Descriptor make_room() {
  Descriptor network = enter_new_network_namespace();
  settle_namespace();
  return network;
}

SideParts make_side_with_tun(const Side& side) {
  SideParts parts;
  parts.network = make_room();
  parts.device = open_tun(device_name);
  Netlink netlink;
  bring_up(netlink, side);
  parts.netlink = netlink.release();
  return parts;
}

/// `middle` is the namespace between the sides, to which `middle_netlink` talks.
SideParts make_side_with_veth(const Side& side, const char* outer, const Descriptor& middle,
                              Netlink& middle_netlink) {
  SideParts parts;
  parts.network = make_room();
  Netlink netlink;
  enter_network_namespace(middle.get());
  parts.device = open_veth(middle_netlink, outer, parts.network.get());
  enter_network_namespace(parts.network.get());
  switch_offloads_off(device_name);
  bring_up(netlink, side);
  parts.netlink = netlink.release();
  return parts;
}

std::pair<SideParts, SideParts> make_sides(bool tun) {
  if (tun) {
    SideParts client = make_side_with_tun(client_side());
    return {std::move(client), make_side_with_tun(server_side())};
  }
  const Descriptor middle = make_room();
  Netlink netlink;
  SideParts client = make_side_with_veth(client_side(), "client", middle, netlink);
  return {std::move(client), make_side_with_veth(server_side(), "server", middle, netlink)};
}

/// Gives the socket back.
void add_second_address(Descriptor& socket) {
  Netlink netlink(std::move(socket));
  add_other_server_address(netlink);
  socket = netlink.release();
}

}  // namespace

Message make_world_network(const Access& access, const WorldRequest& request) {
  if (request.ports.size() > most_ports) {
    throw Error("make listeners", "a world has " + std::to_string(most_ports) + " ports at most");
  }
  if (access.user_namespace >= 0) enter_user_namespace(access.user_namespace);
  auto [client, server] = make_sides(access.tun);
  Message answer;
  answer.body["client"] = describe(client.device);
  answer.body["server"] = describe(server.device);
  enter_network_namespace(client.network.get());
  apply_kernel_settings(request.kernel);
  Descriptor diagnosis = open_diagnosis();
  answer.body["diagnosis"] = static_cast<bool>(diagnosis);
  enter_network_namespace(server.network.get());
  answer.body["names"] = request.names;
  std::vector<Descriptor> listeners;
  if (request.names) {
    add_second_address(server.netlink);
    listeners.push_back(open_datagrams(name_port));
    listeners.push_back(listen_on(name_port));
  }
  for (const std::uint16_t port : request.ports) listeners.push_back(listen_on(port));
  auto& parts = answer.descriptors;  // in the order of WorldPart
  parts.push_back(std::move(client.network));
  parts.push_back(std::move(server.network));
  parts.push_back(std::move(client.netlink));
  parts.push_back(std::move(server.netlink));
  parts.push_back(std::move(client.device.descriptor));
  parts.push_back(std::move(server.device.descriptor));
  if (diagnosis) parts.push_back(std::move(diagnosis));
  for (Descriptor& listener : listeners) parts.push_back(std::move(listener));
  return answer;
}

}  // namespace halfopen::io
