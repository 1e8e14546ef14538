#include "link/wire.h"

#include <algorithm>

namespace halfopen::link {
namespace {

constexpr std::uint8_t time_to_live = 64;

Bytes ipv4_header(const Address& from, const Address& to, std::uint8_t protocol,
                  std::size_t payload) {
  Bytes header(20);
  header[0] = 0x45;
  write16(header, 2, static_cast<std::uint16_t>(header.size() + payload));
  header[6] = 0x40;  // don't fragment
  header[8] = time_to_live;
  header[9] = protocol;
  std::copy_n(from.octets.begin(), 4, header.begin() + 12);
  std::copy_n(to.octets.begin(), 4, header.begin() + 16);
  write16(header, 10, checksum(ones_sum(header)));
  return header;
}

Bytes ipv6_header(const Address& from, const Address& to, std::uint8_t protocol,
                  std::size_t payload) {
  Bytes header(40);
  header[0] = 0x60;
  write16(header, 4, static_cast<std::uint16_t>(payload));
  header[6] = protocol;
  header[7] = time_to_live;
  std::copy_n(from.octets.begin(), 16, header.begin() + 8);
  std::copy_n(to.octets.begin(), 16, header.begin() + 24);
  return header;
}

}  // namespace

std::uint64_t ones_sum(ByteView bytes, std::uint64_t sum) {
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) sum += read16(bytes, i);
  if (bytes.size() % 2 == 1) sum += static_cast<std::uint64_t>(bytes.back()) << 8;
  return sum;
}

std::uint16_t checksum(std::uint64_t sum) {
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return static_cast<std::uint16_t>(~sum);
}

std::uint64_t pseudo_header_sum(const Address& from, const Address& to, std::uint8_t protocol,
                                std::size_t length) {
  return ones_sum(from.bytes(), ones_sum(to.bytes())) + protocol + length;
}

Bytes ip_packet(const Address& from, const Address& to, std::uint8_t protocol, ByteView payload) {
  Bytes packet = from.version == 4 ? ipv4_header(from, to, protocol, payload.size())
                                   : ipv6_header(from, to, protocol, payload.size());
  append(packet, payload);
  return packet;
}

}  // namespace halfopen::link
