// Reading packets, and the network's own answers.
#include <catch2/catch.hpp>

#include <map>

#include "link/packet.h"
#include "packets.h"

namespace halfopen::link {
namespace {

Segment segment(const Bytes& packet) {
  const auto read = read_segment(packet);
  REQUIRE(read);
  return *read;
}

TEST_CASE("a SYN over IPv4") {
  const Segment syn = segment(ipv4_syn());
  CHECK(syn.ip_version == 4);
  CHECK(format(syn.source) == "192.0.2.10:41234");
  CHECK(format(syn.destination) == "198.51.100.20:80");
  CHECK(syn.sequence == 0x01020304);
  CHECK(syn.syn);
  CHECK_FALSE(syn.ack);
  CHECK_FALSE(syn.fin);
  CHECK_FALSE(syn.rst);
  CHECK(syn.tcp_offset == 20);
  CHECK(syn.payload_offset == 44);
  CHECK(syn.payload_size == 0);
}

TEST_CASE("data over IPv4, with bytes behind the end of the packet left out") {
  Bytes packet = ipv4_data();
  packet.push_back(0xff);
  const Segment data = segment(packet);
  CHECK(data.ack);
  CHECK(data.acknowledgement == 0x0a0b0c0d);
  CHECK(data.payload_size == 5);
  CHECK(as_text(ByteView(packet).subspan(data.payload_offset, data.payload_size)) == "hello");
}

TEST_CASE("IPv4 options are skipped") {
  const Segment data =
      segment(from_hex("46000031 0002 4000 40 06 0000 c000020a c6336414 01010101"
                       "a112 0050 01020305 0a0b0c0d 5018 ffff 0000 0000 68656c6c6f"));
  CHECK(data.tcp_offset == 24);
  CHECK(data.payload_size == 5);
}

TEST_CASE("IPv6 extension headers are skipped") {
  const Segment fin = segment(ipv6_fin_behind_options());
  CHECK(fin.ip_version == 6);
  CHECK(format(fin.source) == "[2001:db8:1::10]:41234");
  CHECK(format(fin.destination) == "[2001:db8:2::20]:443");
  CHECK(fin.fin);
  CHECK(fin.ack);
  CHECK(fin.payload_size == 3);
}

TEST_CASE("endpoints compare, so that they can be keys") {
  std::map<Endpoint, int> flows;
  flows[segment(ipv4_syn()).source] = 1;
  flows[segment(ipv6_syn()).source] = 2;
  CHECK(flows.size() == 2);
  CHECK(flows.at(segment(ipv4_data()).source) == 1);
  CHECK(flows.at({*read_address("2001:db8:1::10"), 41234}) == 2);
  CHECK(read_address("192.0.2.10") == segment(ipv4_syn()).source.address);
  CHECK_FALSE(read_address("192.0.2"));
  CHECK_FALSE(read_address("localhost"));
}

TEST_CASE("a closed port answers a SYN with a RST that acknowledges it") {
  const Bytes answer = reset_for(segment(ipv4_syn()));
  CHECK(hex(answer) ==
        "450000280000400040064e7ec6336414c000020a"
        "0050a1120000000001020305501400001e150000");
  CHECK(adds_up({}, ByteView(answer).first(20)));
  CHECK(ipv4_payload_adds_up(answer, true));
  const Segment reset = segment(answer);
  CHECK(format(reset.source) == "198.51.100.20:80");
  CHECK(format(reset.destination) == "192.0.2.10:41234");
  CHECK(reset.rst);
  CHECK(reset.ack);
}

TEST_CASE("a segment with an ACK is answered with a RST at the number that it acknowledges") {
  const Segment reset = segment(reset_for(segment(ipv4_data())));
  CHECK(reset.rst);
  CHECK_FALSE(reset.ack);
  CHECK(reset.sequence == 0x0a0b0c0d);
}

TEST_CASE("a RST without ACK acknowledges data and FIN too") {
  Segment odd = segment(ipv4_data());
  odd.ack = false;
  odd.fin = true;
  CHECK(segment(reset_for(odd)).acknowledgement == 0x01020305 + 5 + 1);
}

TEST_CASE("a RST is never answered") {
  Segment reset = segment(ipv4_data());
  reset.rst = true;
  CHECK(reset_for(reset).empty());
}

TEST_CASE("a closed port answers over IPv6") {
  const Bytes answer = reset_for(segment(ipv6_syn()));
  CHECK(answer.size() == 60);
  CHECK(ipv6_payload_adds_up(answer));
  const Segment reset = segment(answer);
  CHECK(format(reset.destination) == "[2001:db8:1::10]:41234");
  CHECK(reset.acknowledgement == 0x11223345);
}

TEST_CASE("an unreachable host is told by ICMP, which quotes the packet") {
  const Bytes syn = ipv4_syn();
  const Bytes answer = unreachable_for(syn, segment(syn));
  REQUIRE(answer.size() == 20 + 8 + syn.size());
  CHECK(hex(ByteView(answer).first(20)) == "450000480000400040014e63c6336414c000020a");
  CHECK(answer[20] == 3);
  CHECK(answer[21] == 1);
  CHECK(adds_up({}, ByteView(answer).first(20)));
  CHECK(ipv4_payload_adds_up(answer, false));
  CHECK(hex(ByteView(answer).subspan(28)) == hex(syn));
}

TEST_CASE("an unreachable host is told by ICMPv6") {
  const Bytes syn = ipv6_syn();
  const Bytes answer = unreachable_for(syn, segment(syn));
  REQUIRE(answer.size() == 40 + 8 + syn.size());
  CHECK(answer[6] == 58);
  CHECK(answer[40] == 1);
  CHECK(answer[41] == 3);
  CHECK(ipv6_payload_adds_up(answer));
  CHECK(hex(ByteView(answer).subspan(48)) == hex(syn));
}

TEST_CASE("ICMP says why there is no way, by the codes of its version") {
  const auto codes = [](int version) {
    return std::vector<int>{code_of(Unreachable::net, version), code_of(Unreachable::host, version),
                            code_of(Unreachable::port, version),
                            code_of(Unreachable::prohibited, version)};
  };
  CHECK(codes(4) == std::vector<int>{0, 1, 3, 13});
  CHECK(codes(6) == std::vector<int>{0, 3, 4, 1});
  const Bytes syn = ipv4_syn();
  const Bytes answer = unreachable_for(syn, segment(syn), Unreachable::prohibited);
  CHECK(answer[20] == 3);
  CHECK(answer[21] == 13);
  CHECK(ipv4_payload_adds_up(answer, false));
}

TEST_CASE("a packet that is too large is told by ICMP, with what the way takes") {
  const Bytes data = ipv4_data();
  const Bytes answer = too_big_for(data, segment(data), 1200);
  CHECK(answer[20] == 3);
  CHECK(answer[21] == 4);
  CHECK(hex(ByteView(answer).subspan(24, 4)) == "000004b0");  // 1200, RFC 1191, section 4
  CHECK(ipv4_payload_adds_up(answer, false));
  const Bytes syn = ipv6_syn();
  const Bytes answer6 = too_big_for(syn, segment(syn), 1300);
  CHECK(answer6[40] == 2);
  CHECK(answer6[41] == 0);
  CHECK(hex(ByteView(answer6).subspan(44, 4)) == "00000514");  // RFC 4443, section 3.2
  CHECK(ipv6_payload_adds_up(answer6));
}

TEST_CASE("an ICMP error quotes no more than it may") {
  Bytes packet = ipv4_data();
  packet.resize(1500);
  packet[2] = 1500 >> 8;
  packet[3] = 1500 & 0xff;
  const Bytes answer = unreachable_for(packet, segment(packet));
  CHECK(answer.size() == 576);
  CHECK(ipv4_payload_adds_up(answer, false));
}

TEST_CASE("a corrupt packet differs in one bit of its payload") {
  const Bytes sound = ipv4_data();
  for (std::uint64_t bit = 0; bit < 80; ++bit) {
    Bytes packet = sound;
    corrupt(packet, segment(sound), bit);
    int flipped = 0;
    for (std::size_t i = 0; i < packet.size(); ++i) {
      flipped += __builtin_popcount(static_cast<unsigned>(packet[i] ^ sound[i]));
      if (i < 40) CHECK(packet[i] == sound[i]);
    }
    CHECK(flipped == 1);
  }
}

TEST_CASE("a corrupt packet without payload has a flipped bit in its TCP header") {
  Bytes answer = reset_for(segment(ipv4_syn()));
  REQUIRE(ipv4_payload_adds_up(answer, true));
  const Bytes sound = answer;
  corrupt(answer, segment(sound), ~std::uint64_t{0});
  CHECK_FALSE(ipv4_payload_adds_up(answer, true));
  CHECK(adds_up({}, ByteView(answer).first(20)));
}

}  // namespace
}  // namespace halfopen::link
