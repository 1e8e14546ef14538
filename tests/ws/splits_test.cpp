// The receiver and the request reader do not care how their bytes are cut into pieces.
#include <catch2/catch.hpp>

#include "base/random.h"
#include "received.h"
#include "ws/request.h"

using namespace halfopen;
using namespace halfopen::ws;

namespace {

Bytes a_conversation(std::optional<std::uint32_t> mask) {
  Bytes bytes;
  encode(bytes, {.opcode = 1, .mask = mask}, as_bytes("Hello"));
  encode(bytes, {.opcode = 1, .fin = false, .mask = mask}, as_bytes("\xe2\x82"));
  encode(bytes, {.opcode = 9, .mask = mask}, as_bytes("ping"));
  encode(bytes, {.opcode = 0, .fin = false, .mask = mask}, {});
  encode(bytes, {.opcode = 0, .mask = mask}, as_bytes("\xac"));
  encode(bytes, {.opcode = 2, .mask = mask}, Bytes(126, 7));
  encode(bytes, {.opcode = 10, .mask = mask}, {});
  encode(bytes, {.opcode = 8, .mask = mask}, as_bytes("\x03\xe8so long"));
  append(bytes, "junk");
  return bytes;
}

std::vector<ByteView> single_bytes(ByteView bytes) {
  std::vector<ByteView> pieces;
  for (std::size_t i = 0; i < bytes.size(); ++i) pieces.push_back(bytes.subspan(i, 1));
  return pieces;
}

/// The same lines for the whole, byte by byte and at every split in two.
void check_all_splits(Role role, ByteView bytes, const Lines& whole) {
  CHECK(received(role, single_bytes(bytes)) == whole);
  for (std::size_t at = 0; at <= bytes.size(); ++at) {
    CAPTURE(at);
    REQUIRE(received(role, {bytes.first(at), bytes.subspan(at)}) == whole);
  }
}

}  // namespace

TEST_CASE("a conversation reads the same at every split") {
  for (const Role role : {Role::server, Role::client}) {
    const bool server = role == Role::server;
    const Bytes bytes =
        a_conversation(server ? std::optional<std::uint32_t>(0x12345678) : std::nullopt);
    const Lines whole = received(role, bytes);
    CHECK(whole.size() == 15);
    CHECK(whole[whole.size() - 2] == "close 1000 so long");
    CHECK(whole.back() == "data after close");
    check_all_splits(role, bytes, whole);
  }
}

TEST_CASE("a violation is the same at every split") {
  for (const char* digits :
       {"810141 c10142 810143", "810141 0900", "817e00024869", "8102c080", "0101e2 8000",
        "880103 00", "827f8000000000000000 00", "010141 890142 810143", "820500000000 00"}) {
    CAPTURE(digits);
    const Bytes bytes = from_hex(digits);
    check_all_splits(Role::client, bytes, received(Role::client, bytes));
  }
}

TEST_CASE("random bytes never do harm, and end the same however they are cut") {
  for (std::uint64_t seed = 0; seed < 3000; ++seed) {
    Draws draws(mix({seed}));
    Bytes bytes(1 + draws.bits() % 300);
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(draws.bits());
    // Half of them begin like a frame, so that they come further.
    if (draws.chance(0.5)) bytes[0] = draws.chance(0.5) ? 0x01 : 0x82;
    for (const Role role : {Role::server, Role::client}) {
      CAPTURE(seed, hex(bytes));
      REQUIRE(received(role, single_bytes(bytes), 4096) == received(role, bytes, 4096));
    }
  }
}

TEST_CASE("correct frames with one flipped bit never do harm") {
  const Bytes correct = a_conversation(0x12345678);
  for (std::size_t bit = 0; bit < correct.size() * 8; ++bit) {
    Bytes bytes = correct;
    bytes[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
    CAPTURE(bit);
    REQUIRE(received(Role::server, single_bytes(bytes)) == received(Role::server, bytes));
  }
}

TEST_CASE("a stream of many messages is read whole in pieces of every odd size") {
  Bytes bytes;
  for (std::size_t i = 0; i < 200; ++i) {
    encode(bytes, {.opcode = 2, .mask = static_cast<std::uint32_t>(i)}, Bytes(i * 37, 'x'));
  }
  const Lines whole = received(Role::server, bytes);
  CHECK(whole.size() == 400);
  for (const std::size_t size : {1UL, 3UL, 1000UL, 4095UL, 4096UL, 4097UL, 65536UL}) {
    std::vector<ByteView> pieces;
    for (std::size_t at = 0; at < bytes.size(); at += size) {
      pieces.push_back(ByteView(bytes).subspan(at, std::min(size, bytes.size() - at)));
    }
    CAPTURE(size);
    CHECK(received(Role::server, pieces) == whole);
  }
}
