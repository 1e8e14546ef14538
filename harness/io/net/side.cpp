#include "io/net/side.h"

#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>

#include "base/error.h"
#include "io/net/broker.h"
#include "io/net/text_file.h"

namespace halfopen::io {
namespace {

const std::string ipv4_settings = "/proc/sys/net/ipv4/";
const std::string ipv6_settings = "/proc/sys/net/ipv6/conf/";

constexpr std::uint32_t ethernet_mtu = 1500;
/// The default of 500 drops packets silently under load.
constexpr std::uint32_t queue_length = 10000;

/// Writes a setting that older kernels lack.
void write_if_known(const std::string& path, const std::string& value) {
  if (::access(path.c_str(), F_OK) == 0) write_file(path, value);
}

void quiet_ipv6() {
  const std::string conf = ipv6_settings + "default/";
  write_file(ipv6_settings + "all/disable_ipv6", "0");
  write_file(conf + "disable_ipv6", "0");
  write_if_known(conf + "addr_gen_mode", "1");  // no link-local address, so no router solicitations
  write_file(conf + "accept_dad", "0");
  write_file(conf + "dad_transmits", "0");
  write_file(conf + "accept_ra", "0");
  write_file(conf + "router_solicitations", "0");
}

void add_routes(Netlink& netlink, const Side& side) {
  netlink.add_default_route(device_name, AF_INET);
  if (!kernel_has_ipv6()) return;
  netlink.add_address(device_name, side.address6, side.prefix6);
  netlink.add_default_route(device_name, AF_INET6);
}

}  // namespace

Side client_side() { return {client_address, 24, client_address6, 64}; }
Side other_client_side() { return {other_client_address, 24, other_client_address6, 64}; }
Side server_side() { return {server_address, 24, server_address6, 64}; }

bool kernel_has_ipv6() { return ::access(ipv6_settings.c_str(), F_OK) == 0; }

void settle_namespace() {
  write_file(ipv4_settings + "tcp_congestion_control", "reno");
  write_file(ipv4_settings + "tcp_no_metrics_save", "1");
  // The kernel's 4 would make three lost SYNs cost 3 s instead of RFC 6298's 1+2+4 s.
  write_if_known(ipv4_settings + "tcp_syn_linear_timeouts", "0");
  if (kernel_has_ipv6()) quiet_ipv6();
}

void apply_kernel_settings(const std::map<std::string, int>& settings) {
  for (const auto& [name, value] : settings) {
    const std::string path = ipv4_settings + name;
    if (name.empty() || name.find_first_of("/.") != std::string::npos ||
        ::access(path.c_str(), F_OK) != 0) {
      throw Error("set the kernel's `" + name + "`", "this kernel has no " + path);
    }
    write_file(path, std::to_string(value));
  }
}

void bring_up(Netlink& netlink, const Side& side) {
  LinkChange loopback;
  loopback.up = true;
  netlink.change_link("lo", loopback);
  LinkChange device;
  device.arp = false;
  device.mtu = ethernet_mtu;
  device.queue_length = queue_length;
  netlink.change_link(device_name, device);
  netlink.add_address(device_name, side.address, side.prefix);
  switch_device(netlink, side, true);
}

void add_other_server_address(Netlink& netlink) {
  const Side side = server_side();
  netlink.add_address(device_name, other_server_address, side.prefix);
  if (kernel_has_ipv6()) netlink.add_address(device_name, other_server_address6, side.prefix6);
}

void readdress(Netlink& netlink, const Side& before, const Side& after, bool up) {
  netlink.add_address(device_name, after.address, after.prefix);
  netlink.remove_address(device_name, before.address, before.prefix);
  if (!up) return;  // A device that is down has neither routes nor IPv6 addresses.
  add_routes(netlink, after);
  if (kernel_has_ipv6()) netlink.remove_address(device_name, before.address6, before.prefix6);
}

void switch_device(Netlink& netlink, const Side& side, bool up) {
  LinkChange change;
  change.up = up;
  netlink.change_link(device_name, change);
  if (up) add_routes(netlink, side);
}

}  // namespace halfopen::io
