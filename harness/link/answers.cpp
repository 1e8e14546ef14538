// What the network says in the place of a host that does not listen or cannot be reached.
#include <algorithm>
#include <utility>

#include "link/packet.h"
#include "link/wire.h"

namespace halfopen::link {
namespace {

constexpr std::uint8_t flag_rst = 0x04;
constexpr std::uint8_t flag_ack = 0x10;

/// SYN and FIN take a sequence number each (RFC 9293, 3.4).
std::uint32_t length_in_sequence(const Segment& segment) {
  return static_cast<std::uint32_t>(segment.payload_size) + (segment.syn ? 1U : 0U) +
         (segment.fin ? 1U : 0U);
}

/// As much of the packet as an ICMP error may quote: it must not be longer than 576 bytes
/// (RFC 1812, 4.3.2.3), for IPv6 than the least MTU of 1280 (RFC 4443, 3.1).
ByteView quotable(ByteView packet, int version) {
  const std::size_t most = version == 4 ? 576 - 20 - 8 : 1280 - 40 - 8;
  return packet.first(std::min(packet.size(), most));
}

/// The ICMP error that begins with `icmp`, from the segment's destination to its source.
Bytes icmp_error(Bytes icmp, ByteView packet, const Segment& segment) {
  const Address& from = segment.destination.address;
  const Address& to = segment.source.address;
  const bool v4 = segment.ip_version == 4;
  append(icmp, quotable(packet, segment.ip_version));
  const std::uint8_t protocol = v4 ? protocol_icmp : protocol_icmp6;
  const auto pseudo = v4 ? 0 : pseudo_header_sum(from, to, protocol, icmp.size());
  write16(icmp, 2, checksum(ones_sum(icmp, pseudo)));
  return ip_packet(from, to, protocol, icmp);
}

}  // namespace

Bytes reset_for(const Segment& segment) {
  if (segment.rst) return {};
  Bytes tcp(20);
  write16(tcp, 0, segment.destination.port);
  write16(tcp, 2, segment.source.port);
  if (segment.ack) {
    write32(tcp, 4, segment.acknowledgement);
    tcp[13] = flag_rst;
  } else {
    write32(tcp, 8, segment.sequence + length_in_sequence(segment));
    tcp[13] = flag_rst | flag_ack;
  }
  tcp[12] = 0x50;
  const Address& from = segment.destination.address;
  const Address& to = segment.source.address;
  const auto pseudo = pseudo_header_sum(from, to, protocol_tcp, tcp.size());
  write16(tcp, 16, checksum(ones_sum(tcp, pseudo)));
  return ip_packet(from, to, protocol_tcp, tcp);
}

int code_of(Unreachable why, int ip_version) {
  const bool v4 = ip_version == 4;
  switch (why) {
    case Unreachable::net:
      return 0;
    case Unreachable::host:
      return v4 ? 1 : 3;
    case Unreachable::port:
      return v4 ? 3 : 4;
    case Unreachable::prohibited:
      return v4 ? 13 : 1;
  }
  return 0;
}

Bytes unreachable_for(ByteView packet, const Segment& segment, Unreachable why) {
  Bytes head(8);
  head[0] = segment.ip_version == 4 ? 3 : 1;  // destination unreachable
  head[1] = static_cast<std::uint8_t>(code_of(why, segment.ip_version));
  return icmp_error(std::move(head), packet, segment);
}

Bytes too_big_for(ByteView packet, const Segment& segment, std::size_t mtu) {
  Bytes head(8);
  if (segment.ip_version == 4) {
    head[0] = 3;  // destination unreachable …
    head[1] = 4;  // … without fragments
    write16(head, 6, static_cast<std::uint16_t>(mtu));
  } else {
    head[0] = 2;  // packet too big
    write32(head, 4, static_cast<std::uint32_t>(mtu));
  }
  return icmp_error(std::move(head), packet, segment);
}

}  // namespace halfopen::link
