// Packets that are none: refused, and never read beyond their end.
#include <catch2/catch.hpp>

#include <memory>

#include "base/random.h"
#include "link/packet.h"
#include "packets.h"

namespace halfopen::link {
namespace {

/// The bytes in a block of memory of just their size, so that a sanitizer sees a step too far.
std::optional<Segment> read_exactly(ByteView bytes) {
  const auto block = std::make_unique<std::uint8_t[]>(bytes.size());
  std::copy(bytes.begin(), bytes.end(), block.get());
  return read_segment({block.get(), bytes.size()});
}

void check_bounds(const std::optional<Segment>& segment, std::size_t size) {
  if (!segment) return;
  CHECK(segment->tcp_offset + 20 <= segment->payload_offset);
  CHECK(segment->payload_offset + segment->payload_size <= size);
}

const Bytes samples[] = {ipv4_syn(), ipv4_data(), ipv6_syn(), ipv6_fin_behind_options()};

TEST_CASE("every truncation of a packet is refused") {
  for (const Bytes& packet : samples) {
    REQUIRE(read_exactly(packet));
    for (std::size_t size = 0; size < packet.size(); ++size)
      CHECK_FALSE(read_exactly(ByteView(packet).first(size)));
  }
}

TEST_CASE("any byte may lie") {
  for (const Bytes& sample : samples)
    for (std::size_t at = 0; at < sample.size(); ++at)
      for (unsigned value = 0; value < 256; ++value) {
        Bytes packet = sample;
        packet[at] = static_cast<std::uint8_t>(value);
        check_bounds(read_exactly(packet), packet.size());
      }
}

TEST_CASE("random bytes are survived") {
  Draws draws(1);
  for (int i = 0; i < 50'000; ++i) {
    Bytes packet(draws.bits() % 120);
    for (std::uint8_t& byte : packet) byte = static_cast<std::uint8_t>(draws.bits());
    if (!packet.empty()) packet[0] = (i % 2 == 0) ? 0x45 : 0x60;
    if (packet.size() > 9 && i % 4 == 0) packet[9] = 6;
    if (packet.size() > 6 && i % 4 == 1) packet[6] = static_cast<std::uint8_t>(draws.bits() % 64);
    if (packet.size() > 5) packet[i % 2 == 0 ? 2 : 4] = 0;
    check_bounds(read_exactly(packet), packet.size());
  }
}

TEST_CASE("what is not a whole TCP segment is refused") {
  const auto with = [](Bytes packet, std::size_t at, std::uint8_t value) {
    packet[at] = value;
    return packet;
  };
  CHECK_FALSE(read_segment(with(ipv4_data(), 0, 0x55)));   // version 5
  CHECK_FALSE(read_segment(with(ipv4_data(), 0, 0x44)));   // a header of 16 bytes
  CHECK_FALSE(read_segment(with(ipv4_data(), 6, 0x20)));   // more fragments
  CHECK_FALSE(read_segment(with(ipv4_data(), 7, 0x01)));   // a later fragment
  CHECK_FALSE(read_segment(with(ipv4_data(), 9, 17)));     // UDP
  CHECK_FALSE(read_segment(with(ipv4_data(), 32, 0x40)));  // a TCP header of 16 bytes
  CHECK_FALSE(read_segment(with(ipv4_data(), 32, 0xf0)));  // one longer than the packet
  CHECK_FALSE(read_segment(with(ipv6_syn(), 6, 44)));      // a fragment header
  CHECK_FALSE(read_segment(with(ipv6_syn(), 6, 59)));      // no next header
}

TEST_CASE("an endless chain of extension headers ends") {
  Bytes packet = ipv6_syn();
  packet[6] = 60;
  Bytes headers;
  for (int i = 0; i < 9; ++i) append(headers, Bytes{60, 0, 1, 4, 0, 0, 0, 0});
  headers[64] = 6;
  packet.insert(packet.begin() + 40, headers.begin(), headers.end());
  packet[5] = static_cast<std::uint8_t>(packet.size() - 40);
  CHECK_FALSE(read_segment(packet));
}

}  // namespace
}  // namespace halfopen::link
