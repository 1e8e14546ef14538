// When the packets of a connection vanish: behind what the server had written before.
#include "io/packet_flow.h"

#include <catch2/catch.hpp>

using namespace halfopen;
using namespace halfopen::io;

namespace {

constexpr std::uint32_t initial = 1000;

/// A segment of the server's stream; its first byte is that of the 101.
link::Segment segment(std::uint32_t offset, std::size_t size) {
  link::Segment segment;
  segment.sequence = initial + 1 + offset;
  segment.ack = true;
  segment.payload_size = size;
  return segment;
}

/// A connection whose handshake TCP has done, and a server that has written an answer of 129 bytes.
struct Answered {
  PacketFlow flow;
  link::Segment answer = segment(0, 129);

  Answered() {
    link::Segment syn_ack;
    syn_ack.sequence = initial;
    syn_ack.syn = syn_ack.ack = true;
    (void)flow.down.identify(syn_ack, 1);
    flow.delivered_to_client(syn_ack);
  }
};

}  // namespace

TEST_CASE("a connection vanishes when what was written before has been delivered, not sooner") {
  Answered it;
  it.flow.vanish_behind(129, false);
  CHECK_FALSE(it.flow.vanished);
  (void)it.flow.down.identify(it.answer, 1);
  CHECK_FALSE(it.flow.vanished);  // on its way, or lost on it
  it.flow.delivered_to_client(segment(0, 100));
  CHECK_FALSE(it.flow.vanished);
  it.flow.delivered_to_client(it.answer);
  CHECK(it.flow.vanished);
}

TEST_CASE("a connection vanishes at once when all that was written has been delivered") {
  Answered it;
  (void)it.flow.down.identify(it.answer, 1);
  it.flow.delivered_to_client(it.answer);
  it.flow.vanish_behind(129, false);
  CHECK(it.flow.vanished);
}

TEST_CASE("a connection does not wait for what cannot be delivered") {
  SECTION("the link swallows it") {
    Answered it;
    it.flow.vanish_behind(129, true);
    CHECK(it.flow.vanished);
  }
  SECTION("the client does not read") {
    Answered it;
    it.flow.vanish_behind(129, false);
    it.flow.client_window.open = false;
    it.flow.may_vanish();
    CHECK(it.flow.vanished);
  }
}
