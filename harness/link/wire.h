// Numbers in network byte order, and the Internet checksum (RFC 1071).
#pragma once

#include <cstdint>

#include "base/bytes.h"
#include "link/address.h"

namespace halfopen::link {

/// The caller has checked that the bytes are there.
[[nodiscard]] inline std::uint16_t read16(ByteView bytes, std::size_t at) {
  return static_cast<std::uint16_t>(bytes[at] << 8 | bytes[at + 1]);
}
[[nodiscard]] inline std::uint32_t read32(ByteView bytes, std::size_t at) {
  return static_cast<std::uint32_t>(read16(bytes, at)) << 16 | read16(bytes, at + 2);
}
inline void write16(Bytes& bytes, std::size_t at, std::uint16_t value) {
  bytes[at] = static_cast<std::uint8_t>(value >> 8);
  bytes[at + 1] = static_cast<std::uint8_t>(value);
}
inline void write32(Bytes& bytes, std::size_t at, std::uint32_t value) {
  write16(bytes, at, static_cast<std::uint16_t>(value >> 16));
  write16(bytes, at + 2, static_cast<std::uint16_t>(value));
}

/// Protocol numbers (IANA).
inline constexpr std::uint8_t protocol_icmp = 1;
inline constexpr std::uint8_t protocol_tcp = 6;
inline constexpr std::uint8_t protocol_icmp6 = 58;

/// One's complement sum of the bytes as 16-bit numbers, not folded, on top of `sum`.
[[nodiscard]] std::uint64_t ones_sum(ByteView bytes, std::uint64_t sum = 0);
/// What goes into the checksum field: the folded sum's complement.
[[nodiscard]] std::uint16_t checksum(std::uint64_t sum);
/// The sum of the pseudo header (RFC 9293, 3.1; RFC 8200, 8.1).
[[nodiscard]] std::uint64_t pseudo_header_sum(const Address& from, const Address& to,
                                              std::uint8_t protocol, std::size_t length);

/// An IP packet around `payload`, with a header checksum where the version has one.
[[nodiscard]] Bytes ip_packet(const Address& from, const Address& to, std::uint8_t protocol,
                              ByteView payload);

}  // namespace halfopen::link
