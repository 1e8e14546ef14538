// Hostile clients: whatever they send, memory and trace stay bounded and nothing crashes.
#include <ctime>
#include <random>

#include "play.h"
#include "support/heap.h"
#include "ws/deflate.h"
#include "ws/deflate_stream.h"
#include "ws/frame.h"

using namespace halfopen;
using namespace halfopen::run;
using halfopen::tests::in_use;

namespace {

/// The processor's time that this thread has had.
double seconds_worked() {
  timespec time{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

bool grew_less_than(std::size_t mebibytes, std::size_t before) {
  return in_use() < before + mebibytes * 1024 * 1024;
}

std::string request_with(const std::string& fields) {
  const std::string whole = upgrade;
  return whole.substr(0, whole.size() - 2) + fields + "\r\n";
}

const std::string offers_deflate = request_with("Sec-WebSocket-Extensions: permessage-deflate\r\n");

/// 60 kB of header fields.
std::string fat_fields() {
  std::string fields;
  for (int i = 0; i < 60; ++i) fields += "X-Filler: " + std::string(990, 'y') + "\r\n";
  return fields;
}

Bytes compressed_frame(const Bytes& plain, bool fin = true) {
  ws::Compressor compressor(15, false);
  ws::FrameHead head{.opcode = static_cast<std::uint8_t>(ws::Opcode::binary)};
  head.fin = fin;
  head.rsv = ws::rsv1;
  head.mask = 1;
  Bytes frame;
  ws::encode(frame, head, compressor.compress(plain));
  return frame;
}

Bytes repeated(const Bytes& what, int times) {
  Bytes all;
  for (int i = 0; i < times; ++i) append(all, what);
  return all;
}

}  // namespace

TEST_CASE("a million pings are answered, and leave a short trace") {
  Play play("");
  play.outside.keep_bytes = false;
  play.open();
  const std::uint64_t before = play.outside.written_bytes;
  const Bytes pings = repeated(client_frame(ws::Opcode::ping, "p"), 1000);
  for (int i = 0; i < 1000; ++i) play.sends(pings);
  CHECK(play.outside.written_bytes - before == 3'000'000);
  play.world.finish(Time(play.now));
  CHECK(play.recorder.trace().events.size() < 450);
  CHECK(play.trace({"frames-omitted"}) ==
        Lines{R"({"at":0,"attempt":1,"event":"frames-omitted","frames":999800,"bytes":999800})",
              R"({"at":0,"attempt":1,"event":"frames-omitted","from":"server","frames":999800,)"
              R"("bytes":999800})"});
}

TEST_CASE("one client's many frames are taken in turns") {
  Play play("");
  play.open();
  play.outside.keep_bytes = false;
  const std::uint64_t before = play.outside.written_bytes;
  const auto pongs = [&] { return (play.outside.written_bytes - before) / 3; };
  play.sends(repeated(client_frame(ws::Opcode::ping, "p"), 30'000));
  CHECK(pongs() > 1'000);
  CHECK(pongs() < 6'000);
  CHECK(play.outside.done == Lines{"1 hold"});
  CHECK(play.world.deadline() <= Time(play.now));
  play.until(play.now);
  CHECK(pongs() == 30'000);
  CHECK(play.outside.done == Lines{"1 hold", "1 read on"});
}

TEST_CASE("what a client ends with is read to its end") {
  Play play("");
  play.open();
  Bytes bytes = repeated(client_frame(ws::Opcode::ping, "p"), 30'000);
  append(bytes, client_frame(ws::Opcode::binary, "unmasked and last", true));
  bytes[bytes.size() - 22] &= 0x7f;  // its mask bit, behind 4 bytes of key and 17 of payload
  play.sends(bytes);
  CHECK(play.violations().empty());
  play.ends();
  CHECK(play.violations().size() == 1);
}

TEST_CASE("a bomb is inflated in turns, and not packed again") {
  Play play("");
  play.connect();
  play.sends(
      "GET / HTTP/1.1\r\nHost: server.test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
      "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n");
  play.outside.keep_bytes = false;
  constexpr std::size_t mebibyte = std::size_t{1024} * 1024;
  ws::Compressor compressor(15, false);
  ws::FrameHead head{.opcode = static_cast<std::uint8_t>(ws::Opcode::binary)};
  head.rsv = ws::rsv1;
  head.mask = 1;
  Bytes bomb;
  ws::encode(bomb, head, compressor.compress(Bytes(mebibyte, 0)));
  const std::uint64_t before = play.outside.written_bytes;
  play.sends(repeated(bomb, 48));
  CHECK(play.outside.written_bytes - before >= mebibyte);
  CHECK(play.outside.written_bytes - before < 8 * mebibyte);
  play.until(play.now);
  CHECK(play.outside.written_bytes - before > 48 * mebibyte);
}

TEST_CASE("messages that are not finished are bounded over all connections") {
  Play play("");
  play.outside.keep_bytes = false;
  const Bytes message = client_frame(ws::Opcode::binary, std::string(4 * 1024 * 1024, 'x'));
  const std::size_t before = in_use();
  for (int i = 0; i < 60; ++i) {
    play.open();
    play.sends(ByteView(message).first(message.size() - 1));
    play.until(play.now);
  }
  CHECK(grew_less_than(100, before));
  REQUIRE(play.violations().size() > 40);
  CHECK(play.violations().back() ==
        R"({"at":0,"attempt":60,"event":"violation","rule":"no-flood",)"
        R"("text":"more than 64 MiB of unfinished messages on all connections together"})");
  const auto told =
      std::ranges::count(play.outside.marks, 1009, [](const auto& mark) { return mark.end.code; });
  CHECK(static_cast<std::size_t>(told) == play.violations().size());
}

TEST_CASE("nor are many small ones too much together") {
  Play play("");
  play.outside.keep_bytes = false;
  const Bytes message = client_frame(ws::Opcode::binary, std::string(400 * 1024, 'x'));
  const std::size_t before = in_use();
  for (int i = 0; i < 400; ++i) {
    play.open();
    play.sends(ByteView(message).first(message.size() - 1));
    play.until(play.now);
  }
  CHECK(grew_less_than(90, before));
  CHECK(play.violations().size() > 100);
}

TEST_CASE("requests that are not finished are bounded over all connections") {
  Play play("");
  const std::string part = "GET / HTTP/1.1\r\n" + fat_fields();
  const std::size_t before = in_use();
  for (int i = 0; i < 2000; ++i) {
    play.connect();
    play.sends(part);
  }
  CHECK(grew_less_than(100, before));
  REQUIRE(play.violations().size() > 500);
  CHECK(play.violations().back() ==
        R"({"at":0,"attempt":2000,"event":"violation","rule":"no-flood",)"
        R"("text":"more than 64 MiB of unfinished requests on all connections together"})");
  CHECK(play.heard().front().starts_with("400"));
}

TEST_CASE("so are those to a proxy") {
  Play play("[server]\nproxy = \"http\"\n");
  const std::string part = "CONNECT server.test:8080 HTTP/1.1\r\n" + fat_fields();
  const std::size_t before = in_use();
  for (int i = 0; i < 2000; ++i) {
    play.connect();
    play.sends(part);
  }
  CHECK(grew_less_than(100, before));
  CHECK(play.violations().size() > 500);
}

TEST_CASE("a request that was read is not kept, however long its connection lives") {
  Play play("");
  const std::string request = request_with(fat_fields());
  const std::size_t before = in_use();
  for (int i = 0; i < 1000; ++i) {
    play.connect();
    play.sends(request);
  }
  CHECK(play.trace({"opened"}).size() == 1000);
  CHECK(grew_less_than(50, before));
}

TEST_CASE("what comes before the answer is bounded over all connections") {
  Play play("[[attempt]]\ntimes = \"rest\"\nhandshake = \"never\"\n");
  const std::size_t before = in_use();
  for (int i = 0; i < 2000; ++i) {
    play.connect();
    play.sends(std::string(upgrade) + std::string(60'000, 'x'));
  }
  CHECK(grew_less_than(100, before));
}

TEST_CASE("frames that wait for their turn are bounded over all connections") {
  Play play("");
  play.outside.keep_bytes = false;
  const Bytes pings = repeated(client_frame(ws::Opcode::ping, ""), 40'000);
  const std::size_t before = in_use();
  for (int i = 0; i < 500; ++i) {
    play.open();
    play.sends(pings);
  }
  CHECK(grew_less_than(100, before));
  REQUIRE_FALSE(play.violations().empty());
  CHECK_THAT(play.violations().back(), Catch::Contains("unread frames on all connections"));
}

TEST_CASE("messages that wait for a step are bounded over all connections") {
  Play play(
      "[[attempt]]\ntimes = \"rest\"\nsteps = [{ wait = \"20s\" }, { expect = \"the last\" }]\n");
  play.outside.keep_bytes = false;
  const Bytes message = client_frame(ws::Opcode::text, std::string(1'000'000, 'x'));
  const std::size_t before = in_use();
  for (int i = 0; i < 60; ++i) {
    play.open();
    for (int sent = 0; sent < 4; ++sent) {
      play.sends(message);
      play.until(play.now);
    }
  }
  CHECK(grew_less_than(90, before));
  CHECK(play.violations().size() == 1);
  CHECK_THAT(play.violations().front(), Catch::Contains("messages that no step has taken"));
  play.says("the last");
  play.until(20s);
  CHECK(play.trace({"step-passed"}).back().find(R"("attempt":60)") != std::string::npos);
}

TEST_CASE("compressors are bounded over all connections, and the others send as it is") {
  Play play("");
  const Bytes message = compressed_frame(Bytes(100, 'x'));
  const std::size_t before = in_use();
  for (int i = 0; i < 600; ++i) {
    play.connect();
    play.sends(offers_deflate);
    play.sends(message);
  }
  CHECK(grew_less_than(110, before));
  CHECK(play.violations().empty());
  const auto first_byte_of_echo = [&](int attempt) {
    const Bytes& written = play.outside.written.at(attempt);
    return written[as_text(written).find("\r\n\r\n") + 4];
  };
  CHECK(first_byte_of_echo(1) == 0xc2);
  CHECK(first_byte_of_echo(600) == 0x82);
  CHECK(play.heard().back().starts_with("binary xxx"));
}

TEST_CASE("what compressed messages may refer back to is bounded over all connections") {
  Play play("[[attempt]]\ntimes = \"rest\"\nsteps = [{ wait = \"20s\" }]\n");
  const Bytes message = compressed_frame(Bytes(100, 'x'));
  const std::size_t before = in_use();
  for (int i = 0; i < 3000; ++i) {
    play.connect();
    play.sends(offers_deflate);
    play.sends(message);
  }
  CHECK(grew_less_than(100, before));
  CHECK_FALSE(play.violations().empty());
}

TEST_CASE("half ClientHellos are bounded over all connections") {
  const crypto::Authority authority;
  Play play(
      "[server]\ntls = true\n", false,
      std::make_shared<crypto::Identities>(authority, std::vector<std::string>{"server.test"}));
  // The first of the records of a ClientHello of 128 KiB (RFC 8446, sections 4 and 5.1).
  Bytes record{22, 3, 1, 0x3e, 0x80, 1, 1, 0xff, 0xff, 3, 3};
  record.resize(5 + 0x3e80);
  const std::size_t before = in_use();
  for (int i = 0; i < 1000; ++i) {
    play.connect();
    play.sends(record);
  }
  CHECK(grew_less_than(100, before));
  REQUIRE(play.violations().size() > 400);
  CHECK_THAT(play.violations().back(), Catch::Contains("unfinished ClientHellos"));
}

TEST_CASE("echoes that nobody reads come to an end") {
  Play play("");
  play.open();
  play.outside.unsent_bytes = 64 * 1024 * 1024;
  play.says("one more");
  CHECK(play.heard().back().starts_with("close 1011"));
  CHECK(play.violations() ==
        Lines{R"({"at":0,"attempt":1,"event":"violation","rule":"no-flood",)"
              R"("text":"more than 64 MiB of echoes unread on all connections together"})"});
}

TEST_CASE("a million messages that no step takes are not kept") {
  Play play("[[attempt]]\nsteps = [{ wait = \"20s\" }, { expect = \"the last\" }]\n");
  play.open();
  const Bytes messages = repeated(client_frame(ws::Opcode::text, std::string(1000, 'x')), 100);
  for (int i = 0; i < 100; ++i) play.sends(messages);
  const std::size_t before = in_use();
  for (int i = 0; i < 9900; ++i) play.sends(messages);
  play.says("the last");
  play.until(20s);
  CHECK(play.trace({"step-passed"}).size() == 2);
  CHECK(play.recorder.trace().events.size() < 300);
  CHECK(grew_less_than(8, before));
}

TEST_CASE("attempts that are over hold no memory") {
  SECTION("unfinished messages") {
    Play play("");
    play.outside.keep_bytes = false;
    const std::string half(std::size_t{1024} * 1024, 'x');
    const Bytes head = client_frame(ws::Opcode::text, half);
    const auto attempt = [&] {
      play.open();
      play.sends(ByteView(head).first(head.size() - 1));
      play.resets();
    };
    for (int i = 0; i < 4; ++i) attempt();
    const std::size_t before = in_use();
    for (int i = 0; i < 60; ++i) attempt();
    CHECK(grew_less_than(4, before));
  }
  SECTION("messages that no step took") {
    Play play("[[attempt]]\ntimes = \"rest\"\nsteps = [{ wait = \"20s\" }]\n");
    play.outside.keep_bytes = false;
    const Bytes message = client_frame(ws::Opcode::binary, std::string(1024 * 1024, 'x'));
    const auto attempt = [&] {
      play.open();
      play.until(play.now + 1us);
      for (int i = 0; i < 3; ++i) play.sends(message);
      play.resets();
    };
    for (int i = 0; i < 4; ++i) attempt();
    const std::size_t before = in_use();
    for (int i = 0; i < 60; ++i) attempt();
    CHECK(grew_less_than(4, before));
  }
}

TEST_CASE("a client that connects without end is cut off") {
  Play play("[expect]\ngives_up = true\n");
  for (int i = 0; i < 6000; ++i) {
    const Begun begun = play.world.begin_attempt(Time(play.now), "192.0.2.10:1");
    if (begun.attempt == 0) CHECK(begun.port == trace::Port::filtered);
  }
  CHECK(play.world.attempts() == 5000);
  play.recorder.add(Time(play.now), trace::Over{trace::Ended::time});
  CHECK(play.trace({"violation", "events-omitted"}) ==
        Lines{R"({"at":0,"event":"violation","rule":"no-flood",)"
              R"("text":"more than 5000 attempts, in one run"})",
              R"({"at":0,"event":"events-omitted","kind":"attempts","count":1000})"});
}

TEST_CASE("a pattern meets a long message in bounded time and memory") {
  // Each of these takes a backtracking matcher for ever, or exhausts its stack.
  const std::string pattern =
      GENERATE(as<std::string>(), "^(a|b)*c$", "^(a+)+c$", "^(a|a)*c$", "(.*)*x");
  Play play("[[attempt]]\nsteps = [{ expect = { regex = \"" + pattern + "\" } }]\n");
  play.open();
  play.says(std::string(200'000, 'a'));
  CHECK(play.trace({"step-passed"}).empty());
  play.says(pattern.back() == 'x' ? "aaax" : "aaac");
  CHECK(play.trace({"step-passed"}).size() == 1);
}

TEST_CASE("JSON that is nested without end is no message that is expected") {
  Play play("[[attempt]]\nsteps = [{ expect = { json = { a = 1 } } }]\n");
  play.open();
  play.says(std::string(1'000'000, '['));
  std::string deep = "{\"b\":" + std::string(500'000, '[') + std::string(500'000, ']') + "}";
  play.says(deep);
  CHECK(play.trace({"step-passed"}).empty());
}

// ── the same bytes, differently cut ──────────────────────────────────────────────────────────

namespace {

const std::string talk =
    "[[attempt]]\nsteps = [{ expect = \"one\" }, { send = \"two\" }, { ping = \"p\", "
    "pong_within = \"1s\" }, { expect_close = 1000 }]\n";

Bytes whole_talk() {
  Bytes all;
  append(all, upgrade);
  append(all, client_frame(ws::Opcode::text, "o", false));
  append(all, client_frame(ws::Opcode::ping, "!"));
  append(all, client_frame(ws::Opcode::continuation, "ne"));
  append(all, client_frame(ws::Opcode::pong, "p"));
  append(all, client_close(1000, "bye"));
  append(all, client_frame(ws::Opcode::text, "late"));
  return all;
}

Lines trace_of(const Bytes& bytes, std::size_t piece) {
  Play play(talk);
  play.connect();
  // What comes with the request came before its answer, and is told so.
  const std::size_t request = std::string_view(upgrade).size();
  for (const ByteView part : {ByteView(bytes).first(request), ByteView(bytes).subspan(request)})
    for (std::size_t at = 0; at < part.size(); at += piece)
      play.sends(part.subspan(at, std::min(piece, part.size() - at)));
  play.ends();
  Lines lines = play.trace();
  // When the end reaches the client is the link's business, not that of the bytes.
  std::erase_if(
      lines, [](const std::string& line) { return line.find("end-visible") != std::string::npos; });
  return lines;
}

}  // namespace

TEST_CASE("bytes one by one give the trace of all at once") {
  const Bytes bytes = whole_talk();
  const Lines whole = trace_of(bytes, bytes.size());
  CHECK(whole.size() > 15);
  for (const std::size_t piece : {1U, 2U, 3U, 7U, 50U}) CHECK(trace_of(bytes, piece) == whole);
}

// ── seeded chaos ─────────────────────────────────────────────────────────────────────────────

namespace {

using Dice = std::mt19937;

std::size_t roll(Dice& dice, std::size_t sides) { return dice() % sides; }

Bytes noise(Dice& dice) {
  Bytes bytes(roll(dice, 300));
  for (auto& byte : bytes) byte = static_cast<std::uint8_t>(dice());
  return bytes;
}

Bytes likely_frame(Dice& dice) {
  ws::FrameHead head;
  head.opcode = static_cast<std::uint8_t>(roll(dice, 16));
  head.fin = roll(dice, 4) != 0;
  if (roll(dice, 20) != 0) head.mask = dice();
  if (roll(dice, 30) == 0) head.declared_length = std::uint64_t{dice()} << roll(dice, 32);
  Bytes bytes;
  ws::encode(bytes, head, noise(dice));
  return bytes;
}

const char* const stories[] = {
    "",
    "[[attempt]]\ntimes = 2\nhandshake = \"wrong-accept\"\n",
    "[[attempt]]\nhandshake = { drip = \"1ms\" }\nsteps = [{ wait = \"5ms\" }, { send = \"x\" }]\n",
    "[[attempt]]\ntimes = 3\nsteps = [{ expect = { any = true } }, { close = 1012 }]\n",
    "[[attempt]]\nsteps = [{ ping = \"p\", pong_within = \"1s\" }, { drop = \"reset\" }]\n"
    "[[attempt]]\nsteps = [{ expect = { any = true } }, { drop = \"deaf\" }]\n",
    "[[attempt]]\nsteps = [{ expect = { regex = \"a\" } }, { drop = \"mid-frame\" }, { wait = "
    "\"1s\" }]\n[[attempt]]\nhandshake = \"never\"\n",
    "[[attempt]]\nsteps = [{ tell = \"connect\" }, { expect_close = true }]\n[[at]]\ntime = "
    "\"3ms\"\nlink = \"down\"\n[[when]]\nevent = \"open\"\ntell = \"connect\"\n",
};

void one_random_act(Play& play, Dice& dice) {
  switch (roll(dice, 12)) {
    case 0:
      play.connect();
      break;
    case 1:
    case 2:
      play.open();
      break;
    case 3:
      play.sends(noise(dice));
      break;
    case 4:
      play.ends();
      break;
    case 5:
      play.resets();
      break;
    case 6:
      play.reports(roll(dice, 2) == 0 ? "open" : "close");
      break;
    case 7:
      play.until(play.now + Duration(dice() % 20'000'000));
      break;
    case 8:
      play.world.received(Time(play.now), static_cast<int>(roll(dice, 9)) - 1, noise(dice));
      break;
    case 9:
      play.sends(client_frame(ws::Opcode::text, "abc"));
      break;
    default:
      play.sends(likely_frame(dice));
  }
}

}  // namespace

TEST_CASE("whatever a client does in whatever order, the core holds") {
  for (unsigned seed = 0; seed < 1500; ++seed) {
    INFO("seed " << seed);
    Dice dice(seed);
    const bool tls = seed % 5 == 4;
    static const crypto::Authority authority;
    static const auto identities =
        std::make_shared<crypto::Identities>(authority, std::vector<std::string>{"server.test"});
    Play play(stories[roll(dice, std::size(stories))], seed % 2 == 0, tls ? identities : nullptr);
    for (int act = 0; act < 60; ++act) one_random_act(play, dice);
    REQUIRE(!play.until_over().empty());
    play.world.finish(Time(play.now));
    REQUIRE(play.recorder.trace().events.size() < 5000);
  }
}

TEST_CASE("what happens on one connection costs no more beside thousands of others") {
  const auto cost_beside = [](int others) {
    Play play("");
    play.outside.keep_bytes = false;
    for (int i = 0; i < others; ++i) play.open();
    play.open();
    const Bytes ping = client_frame(ws::Opcode::ping, "p");
    const double before = seconds_worked();
    for (int i = 0; i < 5000; ++i) play.sends(ping);
    return seconds_worked() - before;
  };
  const double alone = cost_beside(0);
  const double beside_many = cost_beside(4000);
  INFO(alone << " s alone, " << beside_many << " s beside 4,000");
  CHECK(beside_many < 6 * alone);
}

TEST_CASE("thousands whose time comes at once have it in turns, and all of them have it") {
  Play play("[[attempt]]\ntimes = \"rest\"\nsteps = [{ wait = \"1s\" }, { send = \"hello\" }]\n");
  for (int i = 0; i < 2000; ++i) play.open();
  const auto greeted = [&] {
    int count = 0;
    for (int attempt = 1; attempt <= 2000; ++attempt)
      if (play.heard(attempt).size() > 1) ++count;
    return count;
  };
  play.now = 1s;
  play.world.tick(Time(1s));
  CHECK(greeted() > 0);
  CHECK(greeted() < 300);
  CHECK(play.world.deadline() <= Time(1s));
  play.until(1s);
  CHECK(greeted() == 2000);
}
