// What each packet of a connection is, and how far the stream has come.
#include <catch2/catch.hpp>

#include "base/random.h"
#include "link/flow.h"

namespace halfopen::link {
namespace {

using Kind = DropRule::Kind;

constexpr std::uint32_t initial = 0xfffff000;  // wraps around after 4 KiB

/// Packets of one direction, addressed by stream offset.
class Talker {
 public:
  explicit Talker(std::uint32_t isn = initial) : isn_(isn) {}

  Identity syn() { return flow.identify(make_syn(), 1); }
  Identity sends(std::uint64_t offset, std::size_t size, bool fin = false) {
    return flow.identify(make(offset, size, fin), 1);
  }
  Identity acks() { return sends(flow_end_, 0); }
  void arrives(std::uint64_t offset, std::size_t size, bool fin = false) {
    flow.delivered(make(offset, size, fin));
  }

  [[nodiscard]] Segment make_syn() const {
    Segment segment;
    segment.sequence = isn_;
    segment.syn = true;
    return segment;
  }
  [[nodiscard]] Segment make(std::uint64_t offset, std::size_t size, bool fin) const {
    Segment segment;
    segment.sequence = isn_ + 1 + static_cast<std::uint32_t>(offset);
    segment.ack = true;
    segment.fin = fin;
    segment.payload_size = size;
    return segment;
  }

  HalfFlow flow;

 private:
  std::uint32_t isn_;
  std::uint64_t flow_end_ = 0;
};

TEST_CASE("a connection's packets are what their flags and places say") {
  Talker talker;
  const Identity syn = talker.syn();
  CHECK(syn.kind == Kind::syn);
  CHECK(syn.ordinal == 1);
  CHECK(syn.attempt == 1);
  CHECK(talker.syn().ordinal == 2);
  CHECK(talker.acks().kind == Kind::ack);

  const Identity first = talker.sends(0, 100);
  CHECK(first.kind == Kind::data);
  CHECK(first.position == 0);
  CHECK(first.ordinal == 1);
  CHECK(first.nth == 1);
  const Identity second = talker.sends(100, 50);
  CHECK(second.position == 100);
  CHECK(second.ordinal == 2);

  const Identity fin = talker.sends(150, 0, true);
  CHECK(fin.kind == Kind::fin);
  CHECK(fin.fin == 1);
  CHECK(fin.count == 6);
}

TEST_CASE("a SYN-ACK and a RST are their own kinds") {
  HalfFlow flow;
  Segment segment;
  segment.syn = segment.ack = true;
  CHECK(flow.identify(segment, 1).kind == Kind::syn_ack);
  segment.syn = false;
  segment.rst = true;
  CHECK(flow.identify(segment, 1).kind == Kind::rst);
}

TEST_CASE("a retransmission is its original, sent once more") {
  Talker talker;
  talker.syn();
  talker.sends(0, 100);
  talker.sends(100, 100);
  talker.sends(200, 100);
  const Identity again = talker.sends(100, 100);
  CHECK(again.position == 100);
  CHECK(again.ordinal == 2);
  CHECK(again.nth == 2);
  CHECK(talker.sends(100, 100).nth == 3);
  CHECK(talker.sends(200, 100).nth == 2);
  CHECK(talker.sends(300, 100).ordinal == 4);
}

TEST_CASE("a retransmission may be split") {
  Talker talker;
  talker.syn();
  talker.sends(0, 1000);
  talker.sends(1000, 1000);
  const Identity front = talker.sends(0, 400);
  CHECK(front.position == 0);
  CHECK(front.nth == 2);
  const Identity rest = talker.sends(400, 600);
  CHECK(rest.position == 400);
  CHECK(rest.ordinal == 1);
  CHECK(rest.nth == 2);
  CHECK(talker.sends(0, 1000).nth == 3);
  CHECK(talker.sends(400, 10).nth == 4);
  CHECK(talker.sends(1000, 1000).nth == 2);
}

TEST_CASE("a retransmission may be merged, with new data behind it") {
  Talker talker;
  talker.syn();
  talker.sends(0, 100);
  talker.sends(100, 100);
  const Identity merged = talker.sends(0, 300);
  CHECK(merged.position == 0);
  CHECK(merged.ordinal == 1);
  CHECK(merged.nth == 2);
  CHECK(talker.sends(100, 100).nth == 3);
  CHECK(talker.sends(200, 100).nth == 2);
  CHECK(talker.sends(300, 100).ordinal == 3);
}

TEST_CASE("data that was never seen is sent for the first time, even late") {
  Talker talker;
  talker.syn();
  talker.sends(0, 100);
  talker.sends(200, 100);
  const Identity late = talker.sends(100, 100);
  CHECK(late.nth == 1);
  CHECK(late.ordinal == 3);
}

TEST_CASE("keep-alive probes are no data") {
  Talker talker;
  talker.syn();
  CHECK(talker.sends(~std::uint64_t{0}, 1).kind == Kind::ack);  // before any data
  talker.sends(0, 100);
  CHECK(talker.sends(99, 1).kind == Kind::ack);
  CHECK(talker.sends(99, 0).kind == Kind::ack);
  CHECK(talker.sends(100, 1).kind == Kind::data);  // one more byte
  CHECK(talker.sends(101, 10).ordinal == 3);
  talker.sends(111, 0, true);
  CHECK(talker.sends(111, 1).kind == Kind::ack);  // at the FIN's number
}

TEST_CASE("a FIN may ride on data, and on its retransmission") {
  Talker talker;
  talker.syn();
  talker.sends(0, 100);
  const Identity last = talker.sends(100, 100, true);
  CHECK(last.kind == Kind::data);
  CHECK(last.ordinal == 2);
  CHECK(last.fin == 1);
  const Identity again = talker.sends(100, 100, true);
  CHECK(again.nth == 2);
  CHECK(again.fin == 2);
}

TEST_CASE("sequence numbers wrap around, beyond 4 GiB") {
  Talker talker;
  talker.syn();
  constexpr std::size_t size = 60'000;
  std::uint64_t offset = 0;
  int ordinal = 0;
  while (offset < 10'000'000'000) {
    const Identity sent = talker.sends(offset, size);
    talker.arrives(offset, size);
    if (sent.position != offset || sent.ordinal != ++ordinal || sent.nth != 1)
      FAIL("at " << offset << " taken for " << sent.position);
    offset += size;
  }
  CHECK(talker.flow.contiguous() == offset);
  CHECK(talker.sends(offset - size, size).nth == 2);
}

TEST_CASE("delivery counts without holes, and the FIN as one byte more") {
  Talker talker;
  talker.syn();
  talker.flow.delivered(talker.make_syn());
  CHECK(talker.flow.contiguous() == 0);
  talker.sends(0, 100);
  talker.sends(100, 100);
  talker.sends(200, 100);
  talker.sends(300, 0, true);
  talker.arrives(0, 100);
  CHECK(talker.flow.contiguous() == 100);
  talker.arrives(200, 100);
  talker.arrives(300, 0, true);
  CHECK(talker.flow.contiguous() == 100);
  talker.arrives(50, 150);
  CHECK(talker.flow.contiguous() == 301);
  talker.arrives(0, 100);
  CHECK(talker.flow.contiguous() == 301);
}

TEST_CASE("a stream that arrives in any order is contiguous in the end") {
  Talker talker;
  talker.syn();
  std::vector<std::uint64_t> offsets;
  for (std::uint64_t i = 0; i < 500; ++i) {
    offsets.push_back(i * 100);
    talker.sends(i * 100, 100);
  }
  Draws draws(3);
  for (std::size_t i = offsets.size(); i > 1; --i)
    std::swap(offsets[i - 1], offsets[draws.bits() % i]);
  for (const std::uint64_t offset : offsets) talker.arrives(offset, 100);
  CHECK(talker.flow.contiguous() == 50'000);
}

TEST_CASE("a SYN with another number begins another connection") {
  Talker old;
  old.syn();
  old.sends(0, 100);
  Talker next(77);
  next.flow = old.flow;
  CHECK(next.syn().ordinal == 1);
  const Identity first = next.sends(0, 10);
  CHECK(first.ordinal == 1);
  CHECK(first.position == 0);
}

TEST_CASE("what lies outside every window is no data and moves nothing") {
  Talker talker;
  talker.syn();
  talker.sends(0, 100);
  CHECK(talker.sends(0x60000000, 100).kind == Kind::ack);
  talker.arrives(0x60000000, 100);
  CHECK(talker.sends(100, 100).ordinal == 2);
  CHECK(talker.flow.contiguous() == 0);
}

TEST_CASE("a segment that is sent again and again never looks the same twice") {
  // Even where there is no more room to remember it: an equal fate each time would be a dead end.
  Talker talker;
  talker.syn();
  std::uint64_t offset = 0;
  for (std::size_t i = 0; i < Sent::limit * 2; ++i, offset += 100) talker.sends(offset, 100);
  int nth = 1;
  for (int i = 0; i < 10; ++i) {
    const Identity again = talker.sends(0, 100);
    CHECK(again.nth == ++nth);
    CHECK(again.position == 0);
    talker.sends(offset, 100);
    offset += 100;
  }
}

TEST_CASE("a hostile sender neither confuses nor fills the memory") {
  Draws draws(9);
  Sent sent;
  Received received;
  for (int i = 0; i < 200'000; ++i) {
    const std::uint64_t begin = draws.bits() % 10'000'000;
    const std::uint64_t end = begin + 1 + draws.bits() % 3000;
    const Sent::Transmission one = sent.send(begin, end);
    if (one.position != begin || one.nth < 1) FAIL("wrong at " << begin);
    received.add(begin, end);
  }
  CHECK(sent.remembered() <= Sent::limit);
  CHECK(received.islands() <= Received::limit);
}

TEST_CASE("a shorter copy of what was delivered beyond a hole takes nothing back") {
  Received received;
  received.add(100, 200);
  received.add(100, 150);
  received.add(0, 100);
  CHECK(received.contiguous() == 200);
}

TEST_CASE("where there are too many holes the oldest counts as filled") {
  Received received;
  for (std::uint64_t i = 1; i <= Received::limit; ++i) received.add(i * 10, i * 10 + 5);
  CHECK(received.contiguous() == 0);
  received.add(1'000'000, 1'000'001);
  CHECK(received.contiguous() == 15);
  CHECK(received.islands() == Received::limit);
}

}  // namespace
}  // namespace halfopen::link
