#include "link/packet.h"

#include <algorithm>

#include "link/wire.h"

namespace halfopen::link {
namespace {

/// Where the transport header lies in an IP packet; all bytes before `end` are there.
struct Datagram {
  Address source;
  Address destination;
  std::size_t begin = 0;
  std::size_t end = 0;
};

Address address_at(ByteView packet, std::size_t at, int version) {
  Address address;
  address.version = version;
  const std::size_t size = version == 4 ? 4 : 16;
  std::copy_n(packet.begin() + static_cast<std::ptrdiff_t>(at), size, address.octets.begin());
  return address;
}

std::optional<Datagram> read_ipv4(ByteView packet) {
  if (packet.size() < 20) return std::nullopt;
  const std::size_t header = (packet[0] & std::size_t{0x0f}) * 4;
  const std::size_t total = read16(packet, 2);
  const bool fragment = (read16(packet, 6) & 0x3fff) != 0;  // more to come, or an offset
  if (header < 20 || total < header || packet.size() < total || fragment) return std::nullopt;
  if (packet[9] != protocol_tcp) return std::nullopt;
  return Datagram{address_at(packet, 12, 4), address_at(packet, 16, 4), header, total};
}

/// Extension headers that a whole packet may have (RFC 8200, 4): hop-by-hop options, routing,
/// destination options. A fragment header is refused like everything else.
bool may_be_skipped(std::uint8_t header) { return header == 0 || header == 43 || header == 60; }

std::optional<Datagram> read_ipv6(ByteView packet) {
  constexpr int most_headers = 8;
  if (packet.size() < 40) return std::nullopt;
  const std::size_t total = 40U + read16(packet, 4);
  if (packet.size() < total) return std::nullopt;
  std::uint8_t next = packet[6];
  std::size_t at = 40;
  for (int i = 0; i < most_headers && may_be_skipped(next); ++i) {
    if (total < at + 8) return std::nullopt;
    next = packet[at];
    at += (packet[at + 1] + std::size_t{1}) * 8;
  }
  if (next != protocol_tcp || total < at) return std::nullopt;
  return Datagram{address_at(packet, 8, 6), address_at(packet, 24, 6), at, total};
}

std::optional<Datagram> read_datagram(ByteView packet) {
  if (packet.empty()) return std::nullopt;
  switch (packet[0] >> 4) {
    case 4:
      return read_ipv4(packet);
    case 6:
      return read_ipv6(packet);
    default:
      return std::nullopt;
  }
}

}  // namespace

std::optional<Segment> read_segment(ByteView packet) {
  const std::optional<Datagram> ip = read_datagram(packet);
  if (!ip || ip->end - ip->begin < 20) return std::nullopt;
  const ByteView tcp = packet.subspan(ip->begin, ip->end - ip->begin);
  const std::size_t header = static_cast<std::size_t>(tcp[12] >> 4) * 4;
  if (header < 20 || tcp.size() < header) return std::nullopt;
  Segment segment;
  segment.ip_version = ip->source.version;
  segment.source = {ip->source, read16(tcp, 0)};
  segment.destination = {ip->destination, read16(tcp, 2)};
  segment.sequence = read32(tcp, 4);
  segment.acknowledgement = read32(tcp, 8);
  segment.fin = (tcp[13] & 0x01) != 0;
  segment.syn = (tcp[13] & 0x02) != 0;
  segment.rst = (tcp[13] & 0x04) != 0;
  segment.window = read16(tcp, 14);
  segment.ack = (tcp[13] & 0x10) != 0;
  segment.tcp_offset = ip->begin;
  segment.payload_offset = ip->begin + header;
  segment.payload_size = tcp.size() - header;
  return segment;
}

void corrupt(Bytes& packet, const Segment& segment, std::uint64_t bit) {
  const bool payload = segment.payload_size > 0;
  const std::size_t begin = payload ? segment.payload_offset : segment.tcp_offset;
  const std::size_t size =
      payload ? segment.payload_size : segment.payload_offset - segment.tcp_offset;
  const std::size_t chosen = static_cast<std::size_t>(bit % (size * 8));
  packet.at(begin + chosen / 8) ^= static_cast<std::uint8_t>(0x80 >> chosen % 8);
}

}  // namespace halfopen::link
