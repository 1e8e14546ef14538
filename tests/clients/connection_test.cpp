// One connection of the reference client: no network, virtual time.
#include "reference/connection.h"

#include <catch2/catch.hpp>

#include "far_side.h"

using namespace reference;
using halfopen::append;
using halfopen::as_bytes;
using halfopen::ws::close_frame;
using halfopen::ws::frame;
using halfopen::ws::Opcode;
using Words = std::vector<std::string>;

// ── opening ──────────────────────────────────────────────────────────────────────────────────

TEST_CASE("it opens on a correct answer and takes messages from the same segment") {
  FarSide far;
  far.establish();
  Bytes segment;
  append(segment, serialise(far.correct_answer()));
  append(segment, frame(Opcode::text, as_bytes("welcome")));
  far.send(segment);
  CHECK(far.take_reports() == Words{"open", "message welcome"});
}

TEST_CASE("it opens on an answer that comes byte by byte") {
  FarSide far;
  far.establish();
  const std::string answer = serialise(far.correct_answer());
  for (const char byte : answer) far.send(as_bytes({&byte, 1}));
  CHECK(far.take_reports() == Words{"open"});
}

TEST_CASE("it gives TCP 10 s, and the handshake 10 s from the start") {
  FarSide filtered;
  filtered.pass(9999ms);
  CHECK(filtered.take_reports().empty());
  filtered.pass(1ms);
  CHECK(filtered.take_reports() == Words{"error connect: timed out", "close 1006"});

  FarSide mute;
  mute.pass(3s).establish().pass(6999ms);
  CHECK(mute.take_reports().empty());
  mute.pass(1ms);
  CHECK(mute.take_reports() == Words{"error handshake: timed out", "close 1006"});
}

TEST_CASE("a wrong answer is refused, except by the mutant that does not look") {
  using halfopen::ws::Answer;
  struct Case {
    std::string mutant;
    void (*spoil)(Answer&);
  };
  const Case cases[] = {
      {"ignores-accept", [](Answer& a) { a.set("Sec-WebSocket-Accept", "wrong"); }},
      {"ignores-accept", [](Answer& a) { a.remove("Sec-WebSocket-Accept"); }},
      {"ignores-upgrade", [](Answer& a) { a.remove("Upgrade"); }},
      {"ignores-upgrade", [](Answer& a) { a.set("Connection", "close"); }},
      {"ignores-accept", [](Answer& a) { a.headers.push_back(a.headers.back()); }},
      {"ignores-upgrade", [](Answer& a) { a.headers.push_back(a.headers.front()); }},
      {"ignores-extensions", [](Answer& a) { a.set("Sec-WebSocket-Extensions", "x"); }},
      {"ignores-protocol", [](Answer& a) { a.set("Sec-WebSocket-Protocol", "chat"); }},
      {"ignores-status", [](Answer& a) { a.status = 200; }},
      {"ignores-status", [](Answer& a) { a = {}, a.status = 503; }},
  };
  for (const auto& [mutant, spoil] : cases) {
    for (const auto& [name, policy] : policies()) {
      FarSide far(name);
      far.establish();
      Answer answer = far.correct_answer();
      spoil(answer);
      far.answer(answer);
      INFO(name << " on the answer for " << mutant);
      CHECK((far.take_reports() == Words{"open"}) == (name == mutant));
      CHECK(far.client.ended() == (name != mutant));
    }
  }
}

TEST_CASE("it offers its subprotocols, and wants one of them chosen") {
  const Words offered{"chat.v1", "chat.v2"};
  const auto opens = [&](const std::string& policy, const std::optional<std::string>& chosen) {
    FarSide far(policy, offered);
    far.establish();
    CHECK(far.request().header("Sec-WebSocket-Protocol") == "chat.v1, chat.v2");
    halfopen::ws::Answer answer = far.correct_answer();
    if (chosen) answer.set("Sec-WebSocket-Protocol", *chosen);
    return far.answer(answer).take_reports() == Words{"open"};
  };
  struct Case {
    std::string policy;
    bool first, second, none, other;
  };
  for (const auto& [policy, first, second, none, other] :
       {Case{"good", true, true, false, false}, Case{"takes-no-protocol", true, true, true, false},
        Case{"insists-on-first-protocol", true, false, false, false},
        Case{"ignores-protocol", true, true, true, true}}) {
    CAPTURE(policy);
    CHECK(opens(policy, "chat.v1") == first);
    CHECK(opens(policy, "chat.v2") == second);
    CHECK(opens(policy, std::nullopt) == none);
    CHECK(opens(policy, "chat.v3") == other);
  }
  for (const auto& [policy, behaviour] : policies()) {
    FarSide far(policy);
    far.establish();
    CHECK(far.request().header("Sec-WebSocket-Protocol").empty());
  }
}

TEST_CASE("an answer in other words is taken, except by the mutants that want those of the RFC") {
  for (const auto& [name, opens] :
       {std::pair{"good", true}, {"case-sensitive", false}, {"literal", false}}) {
    FarSide far(name);
    far.establish();
    halfopen::ws::Answer answer = far.correct_answer();
    answer.headers[0] = {"upgrade", "WebSocket"};
    far.answer(answer);
    CHECK((far.take_reports() == Words{"open"}) == opens);
  }
  FarSide same_words("literal");
  CHECK(same_words.open().take_reports() == Words{"open"});
}

TEST_CASE("a message in one piece with the answer is lost by one mutant") {
  FarSide far("loses-early-frame");
  far.establish();
  Bytes segment;
  append(segment, serialise(far.correct_answer()));
  append(segment, frame(Opcode::text, as_bytes("early")));
  far.send(segment).send_text("later");
  CHECK(far.take_reports() == Words{"open", "message later"});
}

TEST_CASE("garbage for an answer is refused; one mutant waits for ever") {
  FarSide good;
  good.establish().send(as_bytes("SSH-2.0-OpenSSH_9.2\r\n"));
  const Words reports = good.take_reports();
  REQUIRE(reports.size() == 2);
  CHECK(reports[1] == "close 1006");

  FarSide mutant("hangs-on-garbage");
  mutant.establish().send(as_bytes("SSH-2.0-OpenSSH_9.2\r\n")).finish().pass(24h);
  CHECK(mutant.take_reports().empty());
  CHECK_FALSE(mutant.client.ended());
}

TEST_CASE("an end before the answer is whole is a failure") {
  FarSide far;
  far.establish().send(as_bytes("HTTP/1.1 101 Swi")).finish();
  CHECK(far.take_reports() ==
        Words{"error the peer ended the connection before its answer was whole", "close 1006"});
}

// ── open ─────────────────────────────────────────────────────────────────────────────────────

TEST_CASE("it answers a ping with the same payload") {
  FarSide far;
  far.open().send(frame(Opcode::ping, as_bytes("42")));
  CHECK(far.take_frames() == Words{"pong 42"});
}

TEST_CASE("a flood of pings that it cannot answer in time does not grow its memory") {
  FarSide far;
  far.open();
  const Bytes ping = frame(Opcode::ping, Bytes(125, 'x'));
  for (int i = 0; i < 100'000; ++i) far.client.received(ping, far.now);
  CHECK(far.client.output().size() < 80UL * 1024);
}

TEST_CASE("after 4 s of silence it pings, and 6 s later it gives the connection up") {
  FarSide far;
  far.open().pass(3999ms);
  CHECK(far.take_frames().empty());
  far.pass(1ms);
  CHECK(far.take_frames() == Words{"ping alive?"});
  far.pass(5999ms);
  CHECK_FALSE(far.client.ended());
  far.pass(1ms);
  CHECK(far.take_reports() ==
        Words{"open", "error heartbeat: no sign of life after the ping", "close 1006"});
}

TEST_CASE("whatever comes is a sign of life") {
  FarSide far;
  far.open();
  for (int i = 0; i < 100; ++i) far.pass(3s).send_text("tick");
  CHECK(far.take_frames().empty());
  for (int i = 0; i < 100; ++i) far.pass(9s).send_text("tick");
  CHECK(far.take_frames().size() == 100);
  CHECK_FALSE(far.client.ended());

  FarSide mutant("no-heartbeat");
  mutant.open().pass(24h);
  CHECK_FALSE(mutant.client.ended());
}

TEST_CASE("for one mutant only pongs are a sign of life, for another only data") {
  const Bytes pong = frame(Opcode::pong, as_bytes("alive?"));
  FarSide pongs("insists-on-pongs");
  pongs.open();
  for (int i = 0; i < 10; ++i) pongs.pass(3s).send(pong);
  CHECK_FALSE(pongs.client.ended());
  for (int i = 0; i < 4; ++i) pongs.pass(3s).send_text("tick");
  CHECK(pongs.client.ended());

  FarSide data("insists-on-data");
  data.open();
  for (int i = 0; i < 10; ++i) data.pass(3s).send_text("tick");
  CHECK_FALSE(data.client.ended());
  for (int i = 0; i < 4; ++i) data.pass(3s).send(pong);
  CHECK(data.client.ended());
}

TEST_CASE("a message that was cut off is never delivered, except by one mutant") {
  Bytes cut = frame(Opcode::text, as_bytes("all or nothing"));
  cut.erase(cut.end() - 8, cut.end());
  FarSide good;
  good.open().send(cut).finish();
  CHECK(good.take_reports() == Words{"open", "close 1006"});
  FarSide mutant("delivers-partial");
  mutant.open().send_text("whole").send(cut).finish();
  CHECK(mutant.take_reports() == Words{"open", "message whole", "message all or", "close 1006"});
}

// ── closing ──────────────────────────────────────────────────────────────────────────────────

TEST_CASE("it echoes the code of a Close and lets the server end TCP") {
  FarSide far;
  far.open().send(close_frame(1012, "restart"));
  CHECK(far.take_frames() == Words{"close 1012"});
  CHECK_FALSE(far.client.ended());
  far.finish();
  CHECK(far.take_reports() == Words{"open", "close 1012 clean"});
}

TEST_CASE("an empty Close is echoed as such and reported as 1005") {
  FarSide far;
  far.open().send(close_frame({}, "")).finish();
  CHECK(far.take_frames() == Words{"close 1005"});
  CHECK(far.take_reports() == Words{"open", "close 1005 clean"});
}

TEST_CASE("it does not wait for ever for the end of TCP, nor for the server's Close") {
  FarSide lingering;
  lingering.open().send(close_frame(1001, "")).pass(2s);
  CHECK(lingering.take_reports() == Words{"open", "close 1001 clean"});

  FarSide mute;
  CHECK(mute.open().client.close(1000, "bye", mute.now).empty());
  mute.pass(2s);
  CHECK(mute.take_frames() == Words{"close 1000"});
  CHECK(mute.take_reports() == Words{"open", "close 1006"});
}

TEST_CASE("what comes after its own Close is not delivered") {
  FarSide far;
  CHECK(far.open().client.close(1000, "", far.now).empty());
  far.send_text("late").send(close_frame(1000, "")).finish();
  CHECK(far.take_reports() == Words{"open", "close 1000 clean"});
}

TEST_CASE("a violation is answered with its code, a FIN, and nothing more") {
  struct Case {
    int code;
    Bytes bytes;
  };
  Bytes masked;
  halfopen::ws::encode(masked, {1, true, 0, 0x01020304, {}, 0}, as_bytes("x"));
  const Case cases[] = {{1002, masked}, {1007, frame(Opcode::text, as_bytes("\xff"))}};
  for (const auto& [code, bytes] : cases) {
    FarSide far;
    far.open().send(bytes).send_text("ignored");
    CHECK(far.take_frames() == Words{"close " + std::to_string(code)});
    CHECK(far.client.half_closes());
    far.pass(2s);
    const Words reports = far.take_reports();
    REQUIRE(reports.size() == 3);
    CHECK(reports[2] == "close 1006");
    CHECK(far.client.ended());
  }
}

TEST_CASE("a code that no Close frame may carry is refused") {
  FarSide far;
  CHECK(far.open().client.close(1006, "", far.now) == "no Close frame may carry that code");
  CHECK(far.client.send("still here").empty());
}

// ── compression ──────────────────────────────────────────────────────────────────────────────

namespace {

/// RFC 7692, section 7.2.3.1: "Hello", compressed.
const Bytes compressed_hello{0xc1, 0x07, 0xf2, 0x48, 0xcd, 0xc9, 0xc9, 0x07, 0x00};
/// Section 7.2.3.2: the same once more, by a reference to it.
const Bytes once_more{0xc1, 0x05, 0xf2, 0x00, 0x11, 0x00, 0x00};

FarSide& open_compressed(FarSide& far) {
  far.establish();
  halfopen::ws::Answer answer = far.correct_answer();
  answer.set("Sec-WebSocket-Extensions", "permessage-deflate");
  return far.answer(answer);
}

/// The first byte of the frame that a message of the client is sent in.
int first_byte_sent(FarSide& far) {
  CHECK(far.client.send("Hello").empty());
  return far.take_output().at(0);
}

}  // namespace

TEST_CASE("it compresses, and takes compressed messages, where the server accepts that") {
  FarSide far;
  open_compressed(far).send(compressed_hello).send(once_more).send_text("plain");
  CHECK(far.take_reports() == Words{"open", "message Hello", "message Hello", "message plain"});
  CHECK(first_byte_sent(far) == 0xc1);

  FarSide declining;
  declining.open();
  CHECK(first_byte_sent(declining) == 0x81);
  declining.send(compressed_hello);
  CHECK(declining.take_reports().back().starts_with("error protocol violation"));
}

TEST_CASE("mutants of compression are wrong in just their way") {
  FarSide anyway("compresses-anyway");
  anyway.open();
  CHECK(first_byte_sent(anyway) == 0xc1);

  FarSide forgets("forgets-window");
  open_compressed(forgets).send(compressed_hello).send(once_more);
  const Words reports = forgets.take_reports();
  REQUIRE(reports.size() == 3);
  CHECK(reports[1] == "message Hello");
  CHECK(reports[2].starts_with("error protocol violation"));

  FarSide trusts("takes-bad-deflate");
  open_compressed(trusts).send(Bytes{0xc2, 0x01, 0x06});
  CHECK(trusts.take_reports() == Words{"open", "message "});
}
