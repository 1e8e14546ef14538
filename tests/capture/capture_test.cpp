// What is in a capture: which packet a comment goes to, and what is left out of too many.
#include "capture/capture.h"

#include <catch2/catch.hpp>
#include <string>

using namespace halfopen;
using namespace halfopen::capture;
using namespace std::chrono_literals;

namespace {

const Bytes small{0x45, 0, 0, 4};

/// The packets of a chunk: the comments of each, joined by "|".
std::vector<std::string> comments_in(const Bytes& bytes) {
  const auto number = [&](std::size_t at, int size) {
    std::size_t value = 0;
    for (int i = size; i-- > 0;) value = value << 8 | bytes.at(at + static_cast<std::size_t>(i));
    return value;
  };
  const auto padded = [](std::size_t size) { return (size + 3) / 4 * 4; };
  std::vector<std::string> all;
  for (std::size_t block = 0; block < bytes.size(); block += number(block + 4, 4)) {
    REQUIRE(number(block, 4) == 6);
    std::string& said = all.emplace_back();
    std::size_t option = block + 28 + padded(number(block + 20, 4));
    for (; number(option, 2) != 0; option += 4 + padded(number(option + 2, 2)))
      if (number(option, 2) == 1)
        said += (said.empty() ? "" : "|") +
                std::string(as_text(ByteView(bytes).subspan(option + 4, number(option + 2, 2))));
  }
  return all;
}

std::vector<std::string> comments_of(Capture& capture) {
  capture.end();
  return comments_in(capture.take().bytes);
}

bool has(const Bytes& bytes, std::string_view text) {
  return as_text(bytes).find(text) != std::string_view::npos;
}

}  // namespace

TEST_CASE("a comment goes to the packet that is nearest in time") {
  Capture capture(0s);
  capture.comment(1s, "before all");
  capture.packet(10s, Side::client, Way::out, small);
  capture.comment(11s, "soon after the first");
  capture.comment(19s, "right before the second");
  capture.packet(20s, Side::server, Way::in, small);
  capture.comment(99s, "after all");
  CHECK(comments_of(capture) == std::vector<std::string>{"before all|soon after the first",
                                                         "right before the second|after all"});
}

TEST_CASE("what is said of the latest packet stays with it, whatever comes right after") {
  Capture capture(0s);
  capture.packet(10s, Side::client, Way::out, small);
  capture.comment_latest(10s + 2us, "lost");
  capture.packet(10s + 3us, Side::client, Way::out, small);
  CHECK(comments_of(capture) == std::vector<std::string>{"lost", ""});
}

TEST_CASE("the latest packet waits for its comments") {
  Capture capture(0s);
  capture.packet(1s, Side::client, Way::out, small);
  CHECK(capture.ready() == 0);
  capture.packet(2s, Side::client, Way::out, small);
  CHECK(capture.ready() > 0);
  CHECK(capture.take().packets == std::array<std::uint64_t, 2>{1, 0});
  CHECK(capture.ready() == 0);
}

TEST_CASE("a flood of comments is counted, not kept") {
  Room room;
  room.comments = 2;
  Capture capture(0s, room);
  for (int i = 0; i < 5; ++i) capture.comment(1s, "early");
  capture.packet(2s, Side::client, Way::out, small);
  for (int i = 0; i < 5; ++i) capture.comment_latest(2s, "late");
  capture.packet(3s, Side::client, Way::out, small);
  for (int i = 0; i < 3; ++i) capture.comment(3s, "x");
  CHECK(comments_of(capture) ==
        std::vector<std::string>{"early|early|8 more comments are left out here",
                                 "x|x|1 more comments are left out here"});
}

TEST_CASE("packets are cut when there is little room, and left out when there is none") {
  Room room;
  room.whole = 2'000;
  room.packets = 3'000;
  room.cut = 40;
  Capture capture(0s, room);
  const Bytes large(1'000, 0x45);
  for (int i = 0; i < 30; ++i) capture.packet(1s, Side::client, Way::out, large);
  capture.packet(1s, Side::server, Way::in, small);
  capture.end();
  const Capture::Chunk chunk = capture.take();
  CHECK(chunk.bytes.size() >= room.packets);
  CHECK(chunk.bytes.size() < room.packets + 200);
  CHECK(chunk.packets == std::array<std::uint64_t, 2>{14, 0});
  const Bytes tail = capture.tail(2s);
  CHECK(has(tail,
            "16 packets are left out: there is room for 3000 bytes of them in one run; 12 "
            "packets are cut to 40 bytes"));
  CHECK(has(tail, "1 packets are left out"));
}

TEST_CASE("packets that the disk was too slow for are told of") {
  Capture capture(0s);
  for (int i = 0; i < 3; ++i) capture.packet(1s, Side::server, Way::in, small);
  capture.end();
  capture.lost(capture.take());
  CHECK(has(capture.tail(2s), "3 packets are left out: the disk was too slow"));
}

TEST_CASE("secrets come in front of all packets, as far as there is room") {
  Room room;
  room.secrets = 20;
  Capture capture(0s, room);
  CHECK_FALSE(has(capture.head({}, {}), "KSLT"));
  capture.secret("CLIENT_RANDOM a b");
  capture.secret("CLIENT_RANDOM c d");
  capture.end();
  const Bytes head = capture.head({}, {});
  CHECK(has(head, "KSLT"));  // "TLSK", little-endian
  CHECK(has(head, "CLIENT_RANDOM a b\n"));
  CHECK_FALSE(has(head, "CLIENT_RANDOM c d"));
  CHECK(has(capture.tail(1s), "1 lines of secrets are left out"));
}

TEST_CASE("both ends of the link are interfaces") {
  Capture capture(0s);
  capture.end();
  const Bytes head = capture.head({"halfopen", "c"}, {{{192, 0, 2, 1}, {"server.test"}}});
  CHECK(has(head, "client side"));
  CHECK(has(head, "server side"));
  CHECK(has(head, "server.test"));
}
