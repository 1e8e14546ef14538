// Packet devices: halfopen's ends of the two cables of a world.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/bytes.h"
#include "base/descriptor.h"

namespace halfopen::io {

/// One packet device, non-blocking. Reads and writes carry one IP packet each, behind
/// `header.size()` bytes that the reader skips and the writer puts in front (veth: Ethernet).
struct Device {
  Descriptor descriptor;
  std::vector<std::uint8_t> header4;  ///< In front of IPv4 packets that are written; may be empty.
  std::vector<std::uint8_t> header6;  ///< In front of IPv6 packets that are written; may be empty.
  bool is_socket = false;             ///< A packet socket (veth) and no TUN device.
};

/// Room for every packet that a device can deliver, its header included.
inline constexpr std::size_t device_buffer_size = 65536 + 64;

/// The next IP packet, inside `buffer`; none if there is none for now. Throws Error if the device
/// is gone.
[[nodiscard]] std::optional<std::span<std::uint8_t>> read_packet(const Device& device,
                                                                 std::span<std::uint8_t> buffer);

/// False if the device takes no packet for now: wait until it is writable. True if it took the
/// packet, and also if nobody ever will: a packet that is no IP packet any more, or for a device
/// that is down, is lost, as it would be on a wire.
bool write_packet(const Device& device, ByteView packet);

/// Pulls the cable of the device at the other end, or puts it back: that one stays switched on and
/// keeps its addresses and routes, and has no carrier. Throws Error if the kernel refuses.
void set_carrier(const Device& device, bool carrier);

/// Packets that were lost because they were not read from this device soon enough, since the last
/// call. Counts packet sockets; a TUN device's losses are in Broker::device_drops.
[[nodiscard]] std::uint64_t take_unread_drops(const Device& device);

}  // namespace halfopen::io
