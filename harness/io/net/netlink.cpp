#include "io/net/netlink.h"

#include <arpa/inet.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <net/if.h>
#include <sys/socket.h>

#include <array>
#include <cstring>

#include "base/error.h"
#include "io/net/netlink_request.h"

namespace halfopen::io {
namespace {

constexpr std::uint16_t change = NLM_F_ACK;
constexpr std::uint16_t create = NLM_F_ACK | NLM_F_CREATE | NLM_F_REPLACE;

void set_flag(ifinfomsg& link, unsigned flag, std::optional<bool> on) {
  if (!on) return;
  link.ifi_change |= flag;
  if (*on) link.ifi_flags |= flag;
}

}  // namespace

Netlink::Netlink()
    : socket_(check_system("open a netlink socket",
                           ::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE))) {}

void Netlink::change_link(const std::string& name, const LinkChange& asked) {
  ifinfomsg link{};
  set_flag(link, IFF_UP, asked.up);
  if (asked.arp) set_flag(link, IFF_NOARP, !*asked.arp);
  NetlinkRequest request(RTM_NEWLINK, change, link);
  request.add(IFLA_IFNAME, name);
  if (asked.mtu) request.add(IFLA_MTU, *asked.mtu);
  if (asked.queue_length) request.add(IFLA_TXQLEN, *asked.queue_length);
  request.exchange(socket_.get(), "change the link " + name);
}

void Netlink::add_veth(const VethPair& pair) {
  NetlinkRequest request(RTM_NEWLINK, NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL, ifinfomsg{});
  request.add(IFLA_IFNAME, pair.name);
  request.add(IFLA_ADDRESS, as_bytes(pair.address));
  const std::size_t info = request.begin(IFLA_LINKINFO);
  request.add(IFLA_INFO_KIND, std::string_view("veth"));
  const std::size_t data = request.begin(IFLA_INFO_DATA);
  const std::size_t peer = request.begin(VETH_INFO_PEER);
  const ifinfomsg peer_link{};
  request.put(&peer_link, sizeof peer_link);
  request.add(IFLA_IFNAME, pair.peer_name);
  request.add(IFLA_ADDRESS, as_bytes(pair.peer_address));
  request.add(IFLA_NET_NS_FD, static_cast<std::uint32_t>(pair.peer_namespace));
  request.end(peer);
  request.end(data);
  request.end(info);
  request.exchange(socket_.get(), "make a veth pair");
}

void Netlink::add_address(const std::string& name, const std::string& address,
                          unsigned char prefix) {
  change_address(RTM_NEWADDR, create, name, address, prefix);
}

void Netlink::remove_address(const std::string& name, const std::string& address,
                             unsigned char prefix) {
  change_address(RTM_DELADDR, change, name, address, prefix);
}

void Netlink::change_address(std::uint16_t kind, std::uint16_t flags, const std::string& name,
                             const std::string& address, unsigned char prefix) {
  const int family = address.find(':') == std::string::npos ? AF_INET : AF_INET6;
  std::array<std::uint8_t, sizeof(in6_addr)> bytes{};
  if (::inet_pton(family, address.c_str(), bytes.data()) != 1) {
    throw Error("read the address " + address, "it is none");
  }
  ifaddrmsg message{};
  message.ifa_family = static_cast<unsigned char>(family);
  message.ifa_prefixlen = prefix;
  message.ifa_flags = family == AF_INET6 ? IFA_F_NODAD : 0;
  message.ifa_index = static_cast<unsigned>(look_up(name).index);
  NetlinkRequest request(kind, flags, message);
  const ByteView value =
      ByteView(bytes).first(family == AF_INET ? sizeof(in_addr) : sizeof(in6_addr));
  request.add(IFA_LOCAL, value);
  request.add(IFA_ADDRESS, value);
  const std::string attempt = kind == RTM_NEWADDR ? "give " + name + " the address " + address
                                                  : "take the address " + address + " from " + name;
  request.exchange(socket_.get(), attempt);
}

void Netlink::add_default_route(const std::string& name, unsigned char family) {
  rtmsg message{};
  message.rtm_family = family;
  message.rtm_table = RT_TABLE_MAIN;
  message.rtm_protocol = RTPROT_BOOT;
  message.rtm_scope = family == AF_INET ? RT_SCOPE_LINK : RT_SCOPE_UNIVERSE;
  message.rtm_type = RTN_UNICAST;
  NetlinkRequest request(RTM_NEWROUTE, create, message);
  request.add(RTA_OIF, static_cast<std::uint32_t>(look_up(name).index));
  request.exchange(socket_.get(), "add a default route through " + name);
}

std::uint64_t Netlink::dropped(const std::string& name) { return look_up(name).dropped; }

Netlink::LinkFacts Netlink::look_up(const std::string& name) {
  NetlinkRequest request(RTM_GETLINK, 0, ifinfomsg{});
  request.add(IFLA_IFNAME, name);
  const std::string attempt = "look up the link " + name;
  const Bytes answer = request.exchange(socket_.get(), attempt);
  ifinfomsg link{};
  if (answer.size() < sizeof link) throw Error(attempt, "the kernel's answer is cut short");
  std::memcpy(&link, answer.data(), sizeof link);
  LinkFacts facts{link.ifi_index, 0};
  rtnl_link_stats64 counts{};
  const ByteView stats = find_attribute(ByteView(answer).subspan(sizeof link), IFLA_STATS64);
  std::memcpy(&counts, stats.data(), std::min(stats.size(), sizeof counts));
  facts.dropped = counts.tx_dropped;
  return facts;
}

}  // namespace halfopen::io
