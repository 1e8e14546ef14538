// The two sides of a world: their addresses, and the settings that both kernels get.
#pragma once

#include <map>
#include <string>

#include "io/net/netlink.h"

namespace halfopen::io {

/// The name of the device on both sides. Chromium takes any "tun…" for no connection at all.
inline constexpr const char* device_name = "eth0";

struct Side {
  const char* address;
  unsigned char prefix;
  const char* address6;
  unsigned char prefix6;
};

[[nodiscard]] Side client_side();
[[nodiscard]] Side server_side();
/// The client's in another network.
[[nodiscard]] Side other_client_side();

/// Whether this kernel knows IPv6 at all.
[[nodiscard]] bool kernel_has_ipv6();

/// Settings for the network namespace that the process is in: TCP that behaves the same on every
/// machine, and nothing on the wire that nobody asked for. To be called before devices come.
void settle_namespace();

/// Scenario's settings, names below /proc/sys/net/ipv4/. Throws Error for a name that this kernel
/// does not know.
void apply_kernel_settings(const std::map<std::string, int>& settings);

/// Loopback and device up, with addresses and routes. `netlink` is one of that side's namespace.
void bring_up(Netlink& netlink, const Side& side);

/// The server's other addresses. `netlink` is one of its namespace.
void add_other_server_address(Netlink& netlink);

/// Gives the device, which is up or not, the addresses of `after` in place of those of `before`.
void readdress(Netlink& netlink, const Side& before, const Side& after, bool up);

/// The device up or down. Down takes its routes and its IPv6 address away; up puts them back.
void switch_device(Netlink& netlink, const Side& side, bool up);

}  // namespace halfopen::io
