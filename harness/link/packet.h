// IPv4 and IPv6 packets as the packet link sees them: reading (hostile bytes), and writing the
// network's own answers. RFC 791, RFC 8200, RFC 9293, RFC 792, RFC 4443.
#pragma once

#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "link/address.h"

namespace halfopen::link {

/// A TCP segment in an IP packet. Numbers in host order.
struct Segment {
  int ip_version = 4;
  Endpoint source;
  Endpoint destination;
  std::uint32_t sequence = 0;
  std::uint32_t acknowledgement = 0;
  bool syn = false;
  bool ack = false;
  bool fin = false;
  bool rst = false;
  std::uint16_t window = 0;        ///< As it is written, not scaled (RFC 7323, section 2.2).
  std::size_t tcp_offset = 0;      ///< Of the TCP header, from the start of the IP packet.
  std::size_t payload_offset = 0;  ///< From the start of the IP packet.
  std::size_t payload_size = 0;
};

/// Nothing: not a whole, unfragmented TCP segment. Checksums are left to the receiving kernel.
[[nodiscard]] std::optional<Segment> read_segment(ByteView packet);

/// The RST that a host without a listener sends in answer to that segment (RFC 9293, 3.10.7.1).
/// Empty for a RST, which is never answered.
[[nodiscard]] Bytes reset_for(const Segment& segment);
/// Why there is no way: ICMP type 3 (RFC 792; RFC 1812, 5.2.7.1), ICMPv6 type 1 (RFC 4443, 3.1).
enum class Unreachable { net, host, port, prohibited };
/// The code of that type: 0, 1, 3 and 13 in IPv4; 0, 3, 4 and 1 in IPv6.
[[nodiscard]] int code_of(Unreachable why, int ip_version);
/// The ICMP error that says so, from the segment's destination. `packet` is quoted in it.
[[nodiscard]] Bytes unreachable_for(ByteView packet, const Segment& segment,
                                    Unreachable why = Unreachable::host);

/// "Too big, my link takes `mtu` bytes": ICMP type 3 code 4 (RFC 1191, section 4), ICMPv6 type 2
/// (RFC 4443, section 3.2), from the segment's destination. `packet` is quoted in it.
[[nodiscard]] Bytes too_big_for(ByteView packet, const Segment& segment, std::size_t mtu);

/// Flips one bit of the TCP payload (or of the TCP header if there is none) and leaves the
/// checksum as it was, so that the receiver's kernel notices. `bit` counts modulo their size.
void corrupt(Bytes& packet, const Segment& segment, std::uint64_t bit);

}  // namespace halfopen::link
