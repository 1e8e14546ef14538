#include "io/net/veth.h"

#include <linux/ethtool.h>
#include <linux/if_packet.h>
#include <linux/sockios.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <array>
#include <cstring>
#include <string>

#include "base/error.h"
#include "io/net/side.h"

namespace halfopen::io {
namespace {

// Both inner ends have one address, so that a frame of one side is a frame for the other. The outer
// ends have another, so that their kernel takes no frame for its own.
const std::string inner_address{0x02, 0x00, 0x00, 0x00, 0x00, 0x01};
const std::string outer_address{0x02, 0x00, 0x00, 0x00, 0x00, 0x02};

/// Packets that wait to be read, with the kernel's own overhead for each.
constexpr int receive_buffer = 10000 * 2304;

std::vector<std::uint8_t> ethernet_header(int type) {
  std::vector<std::uint8_t> header(inner_address.begin(), inner_address.end());
  header.insert(header.end(), outer_address.begin(), outer_address.end());
  header.push_back(static_cast<std::uint8_t>(type >> 8));
  header.push_back(static_cast<std::uint8_t>(type & 0xff));
  return header;
}

void switch_on(const Descriptor& socket, int level, int option, const char* attempt) {
  const int on = 1;
  check_system(attempt, ::setsockopt(socket.get(), level, option, &on, sizeof on));
}

Descriptor open_packet_socket(const char* name) {
  // Protocol 0 until it is bound: it must not hear other devices.
  Descriptor socket(check_system("open a packet socket",
                                 ::socket(AF_PACKET, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)));
  switch_on(socket, SOL_PACKET, PACKET_IGNORE_OUTGOING, "make a packet socket one-way");
  switch_on(socket, SOL_PACKET, PACKET_QDISC_BYPASS, "make a packet socket bypass queues");
  // Beyond the machine's limit as root, up to it (net.core.rmem_max) as an ordinary user.
  if (::setsockopt(socket.get(), SOL_SOCKET, SO_RCVBUFFORCE, &receive_buffer,
                   sizeof receive_buffer) < 0) {
    check_system(
        "enlarge a packet socket's buffer",
        ::setsockopt(socket.get(), SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer));
  }
  sockaddr_ll address{};
  address.sll_family = AF_PACKET;
  address.sll_protocol = htons(ETH_P_ALL);
  address.sll_ifindex = static_cast<int>(::if_nametoindex(name));
  check_system("bind a packet socket",
               ::bind(socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof address));
  return socket;
}

}  // namespace

Device open_veth(Netlink& netlink, const char* outer, int inner_namespace) {
  netlink.add_veth({outer, outer_address, device_name, inner_address, inner_namespace});
  LinkChange change;
  change.up = true;
  change.arp = false;
  netlink.change_link(outer, change);
  Device device;
  device.descriptor = open_packet_socket(outer);
  device.header4 = ethernet_header(ETHERTYPE_IP);
  device.header6 = ethernet_header(ETHERTYPE_IPV6);
  device.is_socket = true;
  return device;
}

void switch_offloads_off(const char* name) {
  const Descriptor socket(
      check_system("open a socket", ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)));
  for (const int offload : {ETHTOOL_STSO, ETHTOOL_SGSO, ETHTOOL_SGRO, ETHTOOL_STXCSUM}) {
    ethtool_value value{static_cast<std::uint32_t>(offload), 0};
    ifreq request{};
    std::strncpy(request.ifr_name, name, IFNAMSIZ - 1);
    request.ifr_data = reinterpret_cast<char*>(&value);
    check_system(std::string("switch an offload of ") + name + " off",
                 ::ioctl(socket.get(), SIOCETHTOOL, &request));
  }
}

}  // namespace halfopen::io
