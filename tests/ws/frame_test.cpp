// The frame encoder, against the examples of RFC 6455, section 5.7 and beyond them.
#include <catch2/catch.hpp>

#include "ws/frame.h"

using namespace halfopen;
using namespace halfopen::ws;

namespace {

std::string encoded(const FrameHead& head, std::string_view payload) {
  Bytes out;
  encode(out, head, as_bytes(payload));
  return hex(out);
}

}  // namespace

TEST_CASE("RFC 6455, section 5.7: a single-frame unmasked text message") {
  CHECK(hex(frame(Opcode::text, as_bytes("Hello"))) == "810548656c6c6f");
}

TEST_CASE("RFC 6455, section 5.7: a single-frame masked text message") {
  CHECK(encoded({.opcode = 1, .mask = 0x37fa213d}, "Hello") == "818537fa213d7f9f4d5158");
}

TEST_CASE("RFC 6455, section 5.7: a fragmented unmasked text message") {
  CHECK(encoded({.opcode = 1, .fin = false}, "Hel") == "010348656c");
  CHECK(encoded({.opcode = 0}, "lo") == "80026c6f");
}

TEST_CASE("RFC 6455, section 5.7: unmasked ping and masked pong") {
  CHECK(hex(frame(Opcode::ping, as_bytes("Hello"))) == "890548656c6c6f");
  CHECK(encoded({.opcode = 10, .mask = 0x37fa213d}, "Hello") == "8a8537fa213d7f9f4d5158");
}

TEST_CASE("RFC 6455, section 5.7: 256 bytes and 64 KiB of binary data") {
  const Bytes small = frame(Opcode::binary, Bytes(256));
  CHECK(hex(ByteView(small).first(4)) == "827e0100");
  CHECK(small.size() == 4 + 256);
  const Bytes large = frame(Opcode::binary, Bytes(65536));
  CHECK(hex(ByteView(large).first(10)) == "827f0000000000010000");
  CHECK(large.size() == 10 + 65536);
}

TEST_CASE("lengths at the edges take the fewest bytes") {
  CHECK(frame(Opcode::binary, Bytes(125)).size() == 2 + 125);
  CHECK(frame(Opcode::binary, Bytes(126)).size() == 4 + 126);
  CHECK(frame(Opcode::binary, Bytes(65535)).size() == 4 + 65535);
}

TEST_CASE("frames one behind the other take room in steps, and not with each one anew") {
  Bytes bytes;
  int moves = 0;
  for (int i = 0; i < 100'000; ++i) {
    const std::size_t room = bytes.capacity();
    encode(bytes, {.opcode = 0, .fin = false}, as_bytes("x"));
    if (bytes.capacity() != room) ++moves;
  }
  CHECK(moves < 100);
}

TEST_CASE("everything about a frame can be made wrong") {
  CHECK(encoded({.opcode = 3, .rsv = 7}, "") == "f300");
  CHECK(encoded({.opcode = 1, .length_bits = 16}, "Hi") == "817e00024869");
  CHECK(encoded({.opcode = 1, .length_bits = 64}, "Hi") == "817f00000000000000024869");
  CHECK(encoded({.opcode = 1, .declared_length = 0x8000000000000000}, "Hi") ==
        "817f80000000000000004869");
  CHECK(encoded({.opcode = 9, .fin = false, .declared_length = 126}, "") == "097e007e");
}

TEST_CASE("frames are appended to what is there") {
  Bytes out = {0xff};
  encode(out, {}, {});
  CHECK(hex(out) == "ff8100");
}

TEST_CASE("Close frames are encoded, with and without a code") {
  CHECK(hex(close_frame(1000, "")) == "880203e8");
  CHECK(hex(close_frame(1001, "bye")) == "880503e9627965");
  CHECK(hex(close_frame(std::nullopt, "")) == "8800");
}

TEST_CASE("opcodes have names") {
  CHECK(name_of(0) == "continuation");
  CHECK(name_of(10) == "pong");
  CHECK(name_of(3) == "0x3");
  CHECK(name_of(15) == "0xf");
}
