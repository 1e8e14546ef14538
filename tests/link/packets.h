// Packets for tests, byte by byte, and checks of their checksums that share nothing with the code
// under test.
#pragma once

#include <string>

#include "base/bytes.h"
#include "support/hex.h"

namespace halfopen::link {

using tests::from_hex;

/// Whether the one's complement sum over the bytes, with `before` in front, is that of sound data.
inline bool adds_up(Bytes before, ByteView bytes) {
  append(before, bytes);
  if (before.size() % 2 == 1) before.push_back(0);
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < before.size(); i += 2) {
    sum += static_cast<std::uint32_t>(before[i] * 256 + before[i + 1]);
    if (sum > 0xffff) sum -= 0xffff;
  }
  return sum == 0xffff;
}

/// An IPv4 packet's transport checksum, with its pseudo header if it has one.
inline bool ipv4_payload_adds_up(const Bytes& packet, bool pseudo_header) {
  const ByteView all(packet);
  const std::size_t size = packet.size() - 20;
  Bytes pseudo;
  if (pseudo_header) {
    append(pseudo, all.subspan(12, 8));
    append(pseudo, Bytes{0, packet[9], static_cast<std::uint8_t>(size >> 8),
                         static_cast<std::uint8_t>(size)});
  }
  return adds_up(pseudo, all.subspan(20));
}

inline bool ipv6_payload_adds_up(const Bytes& packet) {
  const ByteView all(packet);
  const std::size_t size = packet.size() - 40;
  Bytes pseudo;
  append(pseudo, all.subspan(8, 32));
  append(pseudo, Bytes{0, 0, static_cast<std::uint8_t>(size >> 8), static_cast<std::uint8_t>(size),
                       0, 0, 0, packet[6]});
  return adds_up(pseudo, all.subspan(40));
}

/// 192.0.2.10:41234 → 198.51.100.20:80, SYN, sequence 0x01020304, one option (MSS 1460).
inline Bytes ipv4_syn() {
  return from_hex(
      "4500002c 0001 4000 40 06 0000 c000020a c6336414"
      "a112 0050 01020304 00000000 6002 ffff 0000 0000 020405b4");
}

/// The same way: ACK 0x0a0b0c0d, PSH, the payload "hello".
inline Bytes ipv4_data() {
  return from_hex(
      "4500002d 0002 4000 40 06 0000 c000020a c6336414"
      "a112 0050 01020305 0a0b0c0d 5018 ffff 0000 0000 68656c6c6f");
}

/// [2001:db8:1::10]:41234 → [2001:db8:2::20]:443, FIN and ACK, "bye", behind
/// hop-by-hop and destination options.
inline Bytes ipv6_fin_behind_options() {
  return from_hex(
      "60000000 0027 00 40 20010db8000100000000000000000010 "
      "20010db8000200000000000000000020"
      "3c00 010400000000 0600 010400000000"
      "a112 01bb 11223344 55667788 5011 ffff 0000 0000 627965");
}

/// The same way: SYN, no extension header.
inline Bytes ipv6_syn() {
  return from_hex(
      "60000000 0014 06 40 20010db8000100000000000000000010 "
      "20010db8000200000000000000000020"
      "a112 01bb 11223344 00000000 5002 ffff 0000 0000");
}

}  // namespace halfopen::link
