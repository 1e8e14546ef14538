// Where TUN devices are not to be had: a veth pair for each side, whose outer ends are in a
// namespace between the two, with a packet socket on each.
#pragma once

#include "io/net/device.h"
#include "io/net/netlink.h"

namespace halfopen::io {

/// Makes a pair: `outer` in the namespace that the process is in (to which `netlink` talks),
/// device_name in the inner one; and opens the packet socket at the outer end.
[[nodiscard]] Device open_veth(Netlink& netlink, const char* outer, int inner_namespace);

/// Lets the kernel hand over what would be on a wire: whole checksums and packets that fit the MTU,
/// instead of leaving both to hardware. For a device in the namespace that the process is in.
void switch_offloads_off(const char* name);

}  // namespace halfopen::io
