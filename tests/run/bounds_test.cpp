// Hostile clients: whatever one of them sends, memory and trace stay bounded and nothing crashes.
#include "bounds.h"
#include "play.h"
#include "ws/deflate_stream.h"
#include "ws/frame.h"

using namespace halfopen;
using namespace halfopen::run;

TEST_CASE("what is held can be weighed, by whatever compiler and sanitizer") {
  constexpr std::size_t mebibyte = std::size_t{1024} * 1024;
  const std::size_t before = in_use();
  const Bytes held(4 * mebibyte);
  CHECK(in_use() - before >= held.size());
  CHECK_FALSE(grew_less_than(3, before));
}

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
