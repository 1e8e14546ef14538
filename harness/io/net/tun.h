// TUN devices: the kernel hands over and takes whole IP packets.
#pragma once

#include "io/net/device.h"

namespace halfopen::io {

/// A TUN device in the network namespace that the process is in, without offloads: one packet, as
/// it would be on a wire, for each read and write.
[[nodiscard]] Device open_tun(const char* name);

}  // namespace halfopen::io
