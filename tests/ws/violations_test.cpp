// Every breach of RFC 6455, section 5 is recognised, with the close code of section 7.4.1.
#include <catch2/catch.hpp>

#include "received.h"

using namespace halfopen;
using namespace halfopen::ws;

namespace {

/// The last line: what stopped the receiver, without its explanation.
std::string verdict(Role role, ByteView bytes, std::size_t limit = 1 << 20) {
  const Lines lines = received(role, bytes, limit);
  if (lines.empty()) return "nothing";
  return lines.back().substr(0, lines.back().find(':'));
}

std::string verdict(std::string_view digits) { return verdict(Role::client, from_hex(digits)); }

Bytes close_body(int code) {
  Bytes out;
  const Bytes body = {static_cast<std::uint8_t>(code >> 8), static_cast<std::uint8_t>(code)};
  encode(out, {.opcode = 8}, body);
  return out;
}

}  // namespace

TEST_CASE("a client must mask, a server must not (section 5.1)") {
  CHECK(received(Role::server, from_hex("810548656c6c6f")) ==
        Lines{"violation 1002 masked: an unmasked frame from the client"});
  CHECK(received(Role::server, from_hex("8900")) ==
        Lines{"violation 1002 masked: an unmasked frame from the client"});
  CHECK(received(Role::client, from_hex("818537fa213d7f9f4d5158")) ==
        Lines{"violation 1002 masked: a masked frame from the server"});
}

TEST_CASE("reserved bits (section 5.2)") {
  for (const char* frame : {"c100", "a100", "9100", "c90141"}) {
    CHECK(received(Role::client, from_hex(frame)) ==
          Lines{"violation 1002 frame: a frame with a reserved bit set, and no extension was "
                "agreed on"});
  }
}

TEST_CASE("reserved opcodes (section 5.2)") {
  for (const int opcode : {3, 4, 5, 6, 7, 11, 12, 13, 14, 15}) {
    Bytes bytes;
    encode(bytes, {.opcode = static_cast<std::uint8_t>(opcode)}, as_bytes("x"));
    CHECK(received(Role::client, bytes) ==
          Lines{"violation 1002 frame: a frame with the reserved opcode " +
                name_of(static_cast<std::uint8_t>(opcode))});
  }
}

TEST_CASE("lengths must be minimal and below 2^63 (section 5.2)") {
  const auto stopped = [](std::string_view digits) {
    return received(Role::client, from_hex(digits)).back();
  };
  const std::string rule = "violation 1002 frame: ";
  CHECK(stopped("817e00024869") == rule + "a frame length of 2 written in 16 bits");
  CHECK(stopped("827e007d") == rule + "a frame length of 125 written in 16 bits");
  CHECK(stopped("817f00000000000000024869") == rule + "a frame length of 2 written in 64 bits");
  CHECK(stopped("827f000000000000ffff") == rule + "a frame length of 65535 written in 64 bits");
  CHECK(stopped("827f8000000000000000 00") == rule + "a frame length with its top bit set");
  CHECK(stopped("810141 827fffffffffffffffff") == rule + "a frame length with its top bit set");
}

TEST_CASE("control frames are short and whole (section 5.5)") {
  const auto stopped = [](ByteView bytes) { return received(Role::client, bytes).back(); };
  const std::string rule = "violation 1002 frame: ";
  CHECK(stopped(from_hex("0900")) == rule + "a fragmented ping frame");
  CHECK(stopped(from_hex("0800")) == rule + "a fragmented close frame");
  CHECK(stopped(frame(Opcode::ping, Bytes(126))) == rule + "a ping frame longer than 125 bytes");
  CHECK(received(Role::client, frame(Opcode::pong, Bytes(125))).size() == 2);
}

TEST_CASE("fragments belong to one message at a time (section 5.4)") {
  CHECK(received(Role::client, from_hex("800141")) ==
        Lines{"violation 1002 frame: a continuation frame without a message to continue"});
  CHECK(
      received(Role::client, from_hex("010141 810142")) ==
      Lines{"frame text 1", "violation 1002 frame: a text frame in the middle of another message"});
  CHECK(verdict("810141 800142") == "violation 1002 frame");
  CHECK(verdict("010141 020142") == "violation 1002 frame");
}

TEST_CASE("close codes that may not be sent (section 7.4)") {
  for (const int code : {0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535}) {
    CHECK(received(Role::client, close_body(code)).back() ==
          "violation 1002 frame: a Close frame with the code " + std::to_string(code));
  }
  for (const int code : {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014,
                         3000, 3999, 4000, 4999}) {
    CHECK(received(Role::client, close_body(code)).back() == "close " + std::to_string(code) + " ");
  }
}

TEST_CASE("a Close body of one byte (section 5.5.1)") {
  CHECK(received(Role::client, from_hex("880103")).back() ==
        "violation 1002 frame: a Close frame with a body of one byte");
}

TEST_CASE("a reason that is not UTF-8 (section 5.5.1)") {
  CHECK(received(Role::client, from_hex("880303e8ff")).back() ==
        "violation 1007 utf8: a Close frame with a reason that is not UTF-8");
}

TEST_CASE("text that is not UTF-8 (section 8.1)") {
  for (const char* text : {"8101ff", "8102c080", "8103eda080", "8104f4908080", "8104f0808080",
                           "810180", "8102c241", "8101f5"}) {
    CAPTURE(text);
    CHECK(received(Role::client, from_hex(text)) ==
          Lines{"violation 1007 utf8: a text message that is not UTF-8"});
  }
}

TEST_CASE("text that ends within a sequence") {
  CHECK(received(Role::client, from_hex("8102e282")).back() ==
        "violation 1007 utf8: a text message that ends within a UTF-8 sequence");
  CHECK(verdict("0101e2 8000") == "violation 1007 utf8");
}

TEST_CASE("bad text is seen with its first bad byte, long before the message ends") {
  CHECK(verdict("817f0000000000010000 6162f490") == "violation 1007 utf8");
  CHECK(verdict("0101ff") == "violation 1007 utf8");
}

TEST_CASE("a message over the limit is refused before its payload is taken (1009)") {
  CHECK(received(Role::client, from_hex("820500"), 4) ==
        Lines{"violation 1009 length: a message longer than 4 bytes"});
  CHECK(verdict(Role::client, from_hex("02020000 80030000"), 4) == "violation 1009 length");
  CHECK(verdict("827f7fffffffffffffff 00") == "violation 1009 length");
}

TEST_CASE("nothing is delivered after a violation") {
  CHECK(received(Role::client, from_hex("c100 810141")).size() == 1);
  const Bytes good = from_hex("810141");
  const Bytes bad = from_hex("8300");
  CHECK(received(Role::client, {bad, good, good}).size() == 1);
}
