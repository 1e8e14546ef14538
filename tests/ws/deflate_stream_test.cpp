// Compressed payloads, by the examples of RFC 7692, section 7.2.3, and by what zlib must refuse.
#include "ws/deflate_stream.h"

#include <catch2/catch.hpp>

#include "base/random.h"
#include "received.h"

using namespace halfopen;
using namespace halfopen::ws;

namespace {

constexpr std::size_t limit = 1 << 20;

/// What a message with that payload says: its text, or "invalid: …" or "too long".
std::string inflated(Decompressor& decompressor, ByteView payload, std::size_t most = limit) {
  Bytes plain;
  auto result = decompressor.feed(payload, plain, most);
  if (result == Decompressor::Result::ok) result = decompressor.end_message(plain, most);
  CHECK(plain.size() <= most);
  switch (result) {
    case Decompressor::Result::ok:
      return std::string(as_text(plain));
    case Decompressor::Result::invalid:
      return "invalid: " + decompressor.problem();
    case Decompressor::Result::too_long:
      return "too long";
  }
  return "";
}

std::string inflated(std::string_view digits) {
  Decompressor decompressor(15, true);
  return inflated(decompressor, from_hex(digits));
}

/// Text that repeats itself from far away, and a little noise.
Bytes some_text(std::uint64_t seed, std::size_t size) {
  Bytes text;
  for (std::uint64_t i = 0; text.size() < size; ++i) {
    const std::uint64_t at = i % 7 == 0 ? seed + i : i % 50;
    append(text, "word " + std::to_string(at * 2654435761u % 100000) + " ");
  }
  text.resize(size);
  return text;
}

}  // namespace

TEST_CASE("the examples of RFC 7692 are read") {
  CHECK(inflated("f2 48 cd c9 c9 07 00") == "Hello");
  CHECK(inflated("00 05 00 fa ff 48 65 6c 6c 6f 00") == "Hello");
  CHECK(inflated("f3 48 cd c9 c9 07 00 00") == "Hello");
  CHECK(inflated("f2 48 05 00 00 00 ff ff ca c9 c9 07 00") == "Hello");
  CHECK(inflated("00").empty());
  Decompressor decompressor(15, true);
  CHECK(inflated(decompressor, from_hex("f2 48 cd c9 c9 07 00")) == "Hello");
  CHECK(inflated(decompressor, from_hex("f2 00 11 00 00")) == "Hello");
}

TEST_CASE("the examples of RFC 7692 are written") {
  Compressor compressor(15, true);
  CHECK(hex(compressor.compress(as_bytes("Hello"))) == "f248cdc9c90700");
  CHECK(hex(compressor.compress(as_bytes("Hello"))) == "f200110000");
  CHECK(hex(compressor.compress({})) == "00");
  compressor.forget();
  CHECK(hex(compressor.compress(as_bytes("Hello"))) == "f248cdc9c90700");
  Compressor alone(15, false);
  CHECK(hex(alone.compress(as_bytes("Hello"))) == "f248cdc9c90700");
  CHECK(hex(alone.compress(as_bytes("Hello"))) == "f248cdc9c90700");
}

TEST_CASE("a window that is not kept has nothing to refer to") {
  Decompressor decompressor(15, false);
  CHECK(inflated(decompressor, from_hex("f2 48 cd c9 c9 07 00")) == "Hello");
  CHECK(inflated(decompressor, from_hex("f2 00 11 00 00")) ==
        "invalid: invalid distance too far back");
}

TEST_CASE("the window goes on behind a block that says it is the last") {
  Decompressor decompressor(15, true);
  CHECK(inflated(decompressor, from_hex("f3 48 cd c9 c9 07 00 00")) == "Hello");
  CHECK(inflated(decompressor, from_hex("f2 00 11 00 00")) == "Hello");
}

TEST_CASE("data that is no DEFLATE data, or not the whole of it") {
  CHECK(inflated("06") == "invalid: invalid block type");
  CHECK(inflated("00 05 00 05 00 48 65 6c 6c 6f 00") == "invalid: invalid stored block lengths");
  CHECK(inflated("4a 04 de ff 0f 00") == "invalid: invalid distance too far back");
  CHECK(inflated("00 0b 00 f4 ff 48 65 6c 6c 6f") == "invalid: the data is cut off");
  CHECK(inflated("f2 48 cd c9 c9") != "Hello");
}

TEST_CASE("nothing is inflated beyond the limit") {
  Compressor compressor(15, true);
  const Bytes bomb = compressor.compress(Bytes(4 << 20, 'x'));
  CHECK(bomb.size() < 20'000);
  Decompressor exact(15, true);
  CHECK(inflated(exact, bomb, 4 << 20).size() == 4 << 20);
  Decompressor short_of_one(15, true);
  CHECK(inflated(short_of_one, bomb, (4 << 20) - 1) == "too long");
}

TEST_CASE("every window and both kinds of takeover give back what went in") {
  for (int bits = 8; bits <= 15; ++bits) {
    for (const bool takeover : {true, false}) {
      CAPTURE(bits, takeover);
      Compressor compressor(bits, takeover);
      Decompressor decompressor(bits, takeover);
      for (std::uint64_t seed = 0; seed < 8; ++seed) {
        const Bytes text = some_text(seed, seed * 11'111);
        const Bytes packed = compressor.compress(text);
        REQUIRE(inflated(decompressor, packed) == as_text(text));
        if (text.size() > 1000) CHECK(packed.size() < text.size());
      }
    }
  }
}

// ── within frames ────────────────────────────────────────────────────────────────────────────

namespace {

Lines received_by_client(std::string_view digits, std::size_t most = limit,
                         const Inflation& inflation = {}) {
  const Bytes bytes = from_hex(digits);
  const Lines whole = received(Role::client, {bytes}, most, inflation);
  std::vector<ByteView> pieces;
  for (std::size_t i = 0; i < bytes.size(); ++i) pieces.push_back(ByteView(bytes).subspan(i, 1));
  CHECK(received(Role::client, pieces, most, inflation) == whole);
  return whole;
}

}  // namespace

TEST_CASE("a compressed message in one frame and in fragments (RFC 7692, section 7.2.3.1)") {
  CHECK(received_by_client("c1 07 f2 48 cd c9 c9 07 00") ==
        Lines{"frame text fin 7", "text Hello"});
  CHECK(received_by_client("41 03 f2 48 cd 80 04 c9 c9 07 00") ==
        Lines{"frame text 3", "frame continuation fin 4", "text Hello"});
  CHECK(
      received_by_client("41 03 f2 48 cd 89 00 80 04 c9 c9 07 00") ==
      Lines{"frame text 3", "frame ping fin 0", "ping ", "frame continuation fin 4", "text Hello"});
}

TEST_CASE("a message that is not compressed stands between two that are") {
  CHECK(received_by_client("c1 07 f2 48 cd c9 c9 07 00 81 02 68 69 c1 05 f2 00 11 00 00") ==
        Lines{"frame text fin 7", "text Hello", "frame text fin 2", "text hi", "frame text fin 5",
              "text Hello"});
}

TEST_CASE("RSV1 where it may not be") {
  const std::string why = " frame with a reserved bit set that compression does not use there";
  CHECK(received_by_client("41 03 f2 48 cd c0 04 c9 c9 07 00").back() ==
        "violation 1002 frame: a continuation" + why);
  CHECK(received_by_client("c9 00 00").back() == "violation 1002 frame: a ping" + why);
  CHECK(received_by_client("a1 01 78").back().starts_with("violation 1002 frame"));
  CHECK(received_by_client("e1 01 00").back().starts_with("violation 1002 frame"));
  const Lines without = received(Role::client, from_hex("c1 07 f2 48 cd c9 c9 07 00"));
  CHECK(without.back().starts_with("violation 1002 frame"));
}

TEST_CASE("compressed messages that are refused, with the code for it") {
  CHECK(received_by_client("c1 01 06") ==
        Lines{"violation 1007 deflate: a compressed message that cannot be inflated: invalid block "
              "type"});
  CHECK(received_by_client("c1 07 f2 48 cd c9 c9 07 00", 4).back() ==
        "violation 1009 length: a compressed message longer than 4 bytes");
  // A lone continuation byte of UTF-8 in a stored block.
  CHECK(received_by_client("c1 07 00 01 00 fe ff 80 00").back().starts_with("violation 1007 utf8"));
}

TEST_CASE("receivers that are wrong on purpose") {
  Inflation blind;
  blind.checks_rsv1 = false;
  CHECK(received_by_client("41 03 f2 48 cd c0 04 c9 c9 07 00", limit, blind).back() ==
        "text Hello");
  Inflation trusting;
  trusting.checks_data = false;
  CHECK(received_by_client("c1 07 f2 48 cd c9 c9 07 00 c1 01 06", limit, trusting).back() ==
        "text ");
  Inflation none;
  none.inflates = false;
  CHECK(received_by_client("c2 01 00", limit, none).back() == "binary \\x00");
}
