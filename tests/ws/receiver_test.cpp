// What the receiver makes of correct frames.
#include <catch2/catch.hpp>

#include "received.h"

using namespace halfopen;
using namespace halfopen::ws;

TEST_CASE("the examples of RFC 6455, section 5.7 are read by a client") {
  CHECK(received(Role::client, from_hex("810548656c6c6f")) ==
        Lines{"frame text fin 5", "text Hello"});
  CHECK(received(Role::client, from_hex("010348656c 80026c6f")) ==
        Lines{"frame text 3", "frame continuation fin 2", "text Hello"});
  CHECK(received(Role::client, from_hex("890548656c6c6f")) ==
        Lines{"frame ping fin 5", "ping Hello"});
  CHECK(received(Role::client, frame(Opcode::binary, Bytes(256))).front() ==
        "frame binary fin 256");
  CHECK(received(Role::client, frame(Opcode::binary, Bytes(65536))).front() ==
        "frame binary fin 65536");
}

TEST_CASE("the masked examples of RFC 6455, section 5.7 are read by a server") {
  CHECK(received(Role::server, from_hex("818537fa213d7f9f4d5158")) ==
        Lines{"frame text fin 5 masked", "text Hello"});
  CHECK(received(Role::server, from_hex("8a8537fa213d7f9f4d5158")) ==
        Lines{"frame pong fin 5 masked", "pong Hello"});
}

TEST_CASE("empty frames and empty messages") {
  CHECK(received(Role::client, from_hex("8100")) == Lines{"frame text fin 0", "text "});
  CHECK(received(Role::server, from_hex("828000000000")) ==
        Lines{"frame binary fin 0 masked", "binary "});
  CHECK(received(Role::client, from_hex("8900")) == Lines{"frame ping fin 0", "ping "});
  CHECK(received(Role::client, from_hex("0100 0000 8000")) ==
        Lines{"frame text 0", "frame continuation 0", "frame continuation fin 0", "text "});
}

TEST_CASE("control frames between fragments come when they come") {
  CHECK(received(Role::client, from_hex("010348656c 890141 80026c6f")) ==
        Lines{"frame text 3", "frame ping fin 1", "ping A", "frame continuation fin 2",
              "text Hello"});
}

TEST_CASE("a control frame in the middle of a long payload's delivery keeps the payload whole") {
  Bytes bytes;
  encode(bytes, {.opcode = 2, .fin = false}, Bytes(5000, 'x'));
  append(bytes, frame(Opcode::ping, as_bytes("p")));
  encode(bytes, {.opcode = 0}, Bytes(5000, 'x'));
  const Lines lines = received(Role::client, bytes);
  CHECK(lines == Lines{"frame binary 5000", "frame ping fin 1", "ping p",
                       "frame continuation fin 5000",
                       "binary xxxxxxxxxxxxxxxxxxxx… (10000 bytes)"});
}

TEST_CASE("Close frames are read, with and without a code") {
  CHECK(received(Role::client, close_frame(1000, "bye")) ==
        Lines{"frame close fin 5", "close 1000 bye"});
  CHECK(received(Role::client, close_frame(std::nullopt, "")) ==
        Lines{"frame close fin 0", "close 1005 "});
  CHECK(received(Role::client, close_frame(4999, std::string(123, 'r'))).size() == 2);
}

TEST_CASE("behind a Close frame control frames may come, and nothing else") {
  Bytes bytes = close_frame(1000, "");
  append(bytes, frame(Opcode::ping, as_bytes("p")));
  append(bytes, close_frame(1001, ""));
  const Lines good{"frame close fin 2", "close 1000 ", "frame ping fin 1", "ping p",
                   "frame close fin 2", "close 1001 "};
  CHECK(received(Role::client, bytes) == good);
  Lines bad = good;
  bad.emplace_back("data after close");
  // Data, a reserved opcode, a fragmented ping, a fragment.
  for (const char* digits : {"810141", "8300", "090141", "000141"}) {
    CAPTURE(digits);
    Bytes all = bytes;
    append(all, from_hex(digits));
    append(all, from_hex("890141"));
    CHECK(received(Role::client, all) == bad);
  }
}

TEST_CASE("no data after a Close frame is read, but it is noticed") {
  Bytes bytes = close_frame(1000, "");
  append(bytes, frame(Opcode::text, as_bytes("late")));
  CHECK(received(Role::client, bytes) ==
        Lines{"frame close fin 2", "close 1000 ", "data after close"});
  CHECK(received(Role::client, {ByteView(bytes).first(5), ByteView(bytes).subspan(5)}) ==
        Lines{"frame close fin 2", "close 1000 ", "data after close"});
}

TEST_CASE("text of every length of UTF-8 sequence is taken") {
  const std::string text = "a\u00e9\u20ac\U0001f600\u07ff\u0800\uffff\U0010ffff";
  CHECK(received(Role::client, frame(Opcode::text, as_bytes(text))).size() == 2);
}

TEST_CASE("a sequence may be split over fragments, with a ping in between") {
  CHECK(received(Role::client, from_hex("0101e2 890141 000182 8001ac")) ==
        Lines{"frame text 1", "frame ping fin 1", "ping A", "frame continuation 1",
              "frame continuation fin 1", "text \u20ac"});
}

TEST_CASE("binary messages may hold anything") {
  CHECK(received(Role::client, from_hex("8202ffc0")) ==
        Lines{"frame binary fin 2", "binary \\xff\\xc0"});
}

TEST_CASE("a message of just the limit is taken, in one frame and in several") {
  CHECK(received(Role::client, from_hex("820400000000"), 4).size() == 2);
  CHECK(received(Role::client, from_hex("02020000 80020000"), 4).size() == 3);
}

TEST_CASE("control frames do not count towards the limit") {
  CHECK(received(Role::client, from_hex("020400000000 890548656c6c6f 8000"), 4).size() == 5);
}

TEST_CASE("callbacks may be left out") {
  Receiver receiver(Role::client, {});
  receiver.feed(from_hex("810548656c6c6f 8900 8800"));
  CHECK_FALSE(receiver.violation());
}
