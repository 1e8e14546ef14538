// One TCP connection on the loop, as its peer sees it.
#include "io/loop/stream.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <catch2/catch.hpp>
#include <memory>

#include "wait.h"

using namespace halfopen;
using namespace halfopen::io;
using namespace halfopen::io::testing;

namespace {

/// A stream that notes what happens to it, and its peer's socket.
struct Fixture {
  Loop loop;
  Ends ends = connected();
  int descriptor = ends.near.get();
  std::string data;
  int ended = 0;
  int failed = 0;
  int drained = 0;
  bool echo = false;
  std::unique_ptr<Stream> stream;
  Heard heard;

  Fixture() {
    Stream::Events events;
    events.on_data = [this](ByteView bytes) {
      if (echo)
        stream->write(bytes);
      else
        data += as_text(bytes);
    };
    events.on_end = [this] { ++ended; };
    events.on_failure = [this] { ++failed; };
    events.on_drained = [this] { ++drained; };
    stream = std::make_unique<Stream>(loop, std::move(ends.near), std::move(events));
  }
  bool hears(const std::function<bool()>& done) {
    const Watch watch(loop, ends.far.get(), UV_READABLE, [this](int) { hear(ends.far, heard); });
    return run_until(loop, done);
  }
  [[nodiscard]] bool descriptor_is_open() const { return ::fcntl(descriptor, F_GETFD) >= 0; }
};

std::string pattern(std::size_t size) {
  std::string text(size, '\0');
  for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>(i * 31 + i / 251);
  return text;
}

}  // namespace

TEST_CASE("what the peer says comes, and what is written goes, whole and in order") {
  Fixture it;
  say(it.ends.far, "hello");
  REQUIRE(run_until(it.loop, [&] { return it.data == "hello"; }));
  const std::string text = pattern(20'000'000);
  for (std::size_t at = 0; at < text.size(); at += 100'000)
    it.stream->write(as_bytes(std::string_view(text).substr(at, 100'000)));
  CHECK(it.stream->written() == text.size());
  REQUIRE(it.hears([&] { return it.heard.text.size() >= text.size(); }));
  CHECK(it.heard.text == text);
  REQUIRE(run_until(it.loop, [&] { return it.drained > 0; }));
  CHECK(it.stream->waiting() == 0);
}

TEST_CASE("what is written apart arrives apart, in order, and before the FIN") {
  Fixture it;
  // Each read of the peer that finds something is one arrival; a busy peer may find two at once.
  std::vector<std::string> arrivals;
  const Watch watch(it.loop, it.ends.far.get(), UV_READABLE, [&](int) {
    const std::size_t before = it.heard.text.size();
    hear(it.ends.far, it.heard);
    if (it.heard.text.size() > before) arrivals.push_back(it.heard.text.substr(before));
  });
  it.stream->write(as_bytes("all "));
  for (const char* byte : {"a", "b", "c", "d"}) it.stream->write_apart(as_bytes(byte));
  it.stream->write(as_bytes(" all"));
  it.stream->finish();
  CHECK(it.stream->written() == 12);
  CHECK(it.stream->waiting() > 0);
  REQUIRE(run_until(it.loop, [&] { return it.heard.ended; }));
  CHECK(it.heard.text == "all abcd all");
  CHECK(it.stream->waiting() == 0);
  CHECK(arrivals.size() > 2);
}

TEST_CASE("no more is read than may be, and what waits unread is known") {
  Fixture it;
  it.stream->read_at_most(5);
  say(it.ends.far, "hello world");
  REQUIRE(run_until(it.loop, [&] { return it.data == "hello"; }));
  run_a_while(it.loop);
  CHECK(it.data == "hello");
  CHECK(it.stream->unread() == 6);
  it.stream->read_at_most(1);
  REQUIRE(run_until(it.loop, [&] { return it.data == "hello "; }));
  it.stream->read_at_most(std::nullopt);
  REQUIRE(run_until(it.loop, [&] { return it.data == "hello world"; }));
  CHECK(it.stream->unread() == 0);
}

TEST_CASE("an end that waits behind what is not read is not seen") {
  Fixture it;
  it.stream->read_at_most(0);
  say(it.ends.far, "bye");
  ::shutdown(it.ends.far.get(), SHUT_WR);
  run_a_while(it.loop);
  CHECK(it.ended == 0);
  it.stream->read_at_most(std::nullopt);
  REQUIRE(run_until(it.loop, [&] { return it.ended == 1; }));
  CHECK(it.data == "bye");
}

TEST_CASE("finish: the peer reads everything, then the end, and may still speak") {
  Fixture it;
  const std::string text = pattern(5'000'000);
  it.stream->write(as_bytes(text));
  it.stream->finish();
  it.stream->write(as_bytes("too late"));
  REQUIRE(it.hears([&] { return it.heard.ended; }));
  CHECK(it.heard.text == text);
  say(it.ends.far, "my last words");
  ::shutdown(it.ends.far.get(), SHUT_WR);
  REQUIRE(run_until(it.loop, [&] { return it.ended == 1; }));
  CHECK(it.data == "my last words");
}

TEST_CASE("a connection that both sides have finished takes no descriptor any more") {
  Fixture it;
  SECTION("the peer first") {
    ::shutdown(it.ends.far.get(), SHUT_WR);
    REQUIRE(run_until(it.loop, [&] { return it.ended == 1; }));
    CHECK(it.descriptor_is_open());
    it.stream->write(as_bytes("bye"));
    it.stream->finish();
  }
  SECTION("the peer last") {
    it.stream->write(as_bytes("bye"));
    it.stream->finish();
    REQUIRE(it.hears([&] { return it.heard.ended; }));
    CHECK(it.descriptor_is_open());
    ::shutdown(it.ends.far.get(), SHUT_WR);
  }
  REQUIRE(it.hears([&] { return it.heard.ended && !it.descriptor_is_open(); }));
  CHECK(it.heard.text == "bye");
  CHECK(it.ended == 1);
  CHECK(it.failed == 0);
  it.stream->write(as_bytes("harmless"));
  it.stream->finish();
  it.stream->pause_reading(true);
  it.stream->pause_reading(false);
  it.stream->reset();
  run_a_while(it.loop);
}

TEST_CASE("reset: the peer sees RST at once, before or after a finish") {
  Fixture it;
  SECTION("of an open connection") {}
  SECTION("after finish") {
    it.stream->finish();
    REQUIRE(it.hears([&] { return it.heard.ended; }));
    it.heard.ended = false;
  }
  SECTION("after finish, with much still to be written") {
    it.stream->write(as_bytes(pattern(50'000'000)));
    it.stream->finish();
  }
  SECTION("with much still to be written") { it.stream->write(as_bytes(pattern(50'000'000))); }
  it.stream->reset();
  // A reader that has met the FIN already reads no RST: the socket's error says it.
  REQUIRE(it.hears([&] {
    int error = 0;
    socklen_t size = sizeof error;
    ::getsockopt(it.ends.far.get(), SOL_SOCKET, SO_ERROR, &error, &size);
    return it.heard.failed || error == ECONNRESET || error == EPIPE;
  }));
  CHECK(it.failed == 0);
  it.stream->write(as_bytes("harmless"));
  it.stream->reset();
  CHECK(it.stream->waiting() == 0);
}

TEST_CASE("an RST of the peer is a failure, once") {
  Fixture it;
  abort_connection(it.ends.far);
  REQUIRE(run_until(it.loop, [&] { return it.failed == 1; }));
  it.stream->write(as_bytes("harmless"));
  it.stream->finish();
  run_a_while(it.loop);
  CHECK(it.failed == 1);
  CHECK(it.ended == 0);
}

TEST_CASE("an RST that a write meets first is a failure, and no end") {
  const NoSigpipe as_in_halfopen;
  Fixture it;
  abort_connection(it.ends.far);
  it.stream->write(as_bytes("too late"));
  REQUIRE(run_until(it.loop, [&] { return it.failed + it.ended > 0; }));
  run_a_while(it.loop);
  CHECK(it.failed == 1);
  CHECK(it.ended == 0);
}

TEST_CASE("a peer that writes and never reads cannot make an echo grow") {
  Fixture it;
  it.echo = true;
  const std::string block = pattern(1'000'000);
  std::string sent;
  std::size_t longest = 0;
  // Until neither the kernel nor the stream takes any more.
  int idle = 0;
  while (idle < 50) {
    const std::size_t taken = say(it.ends.far, std::string_view(block).substr(sent.size() % 1'000));
    sent += block.substr(sent.size() % 1'000, taken);
    run_a_while(it.loop);
    longest = std::max(longest, it.stream->waiting());
    idle = taken == 0 && it.stream->waiting() > Stream::high_water ? idle + 1 : 0;
    REQUIRE(sent.size() < 300'000'000);
  }
  CHECK(longest <= Stream::high_water + 256 * 1024);
  REQUIRE(it.hears([&] { return it.heard.text.size() >= sent.size(); }));
  CHECK(it.heard.text == sent);
}

TEST_CASE("a FIN behind backpressure is reported once") {
  Fixture it;
  it.echo = true;
  ::shutdown(it.ends.far.get(), SHUT_WR);
  REQUIRE(run_until(it.loop, [&] { return it.ended == 1; }));
  it.stream->write(as_bytes(pattern(30'000'000)));
  it.stream->pause_reading(true);
  it.stream->pause_reading(false);
  REQUIRE(it.hears([&] { return it.heard.text.size() >= 30'000'000; }));
  run_a_while(it.loop);
  CHECK(it.ended == 1);
}

TEST_CASE("reading can be paused, and nothing is lost") {
  Fixture it;
  it.stream->pause_reading(true);
  say(it.ends.far, "patience");
  run_a_while(it.loop);
  CHECK(it.data.empty());
  it.stream->pause_reading(false);
  REQUIRE(run_until(it.loop, [&] { return it.data == "patience"; }));
}

TEST_CASE("what comes in plenty is offered to be moved, and read where it is not") {
  Loop loop;
  Ends ends = connected();
  PipeQueue pipes;
  std::size_t moved = 0;
  std::size_t read = 0;
  int offers = 0;
  const bool takes = GENERATE(true, false);
  std::unique_ptr<Stream> stream;
  Stream::Events events;
  events.on_data = [&](ByteView bytes) { read += bytes.size(); };
  events.on_plenty = [&] {
    ++offers;
    const std::size_t count = takes ? stream->move_to(pipes) : 0;
    moved += count;
    return count;
  };
  stream = std::make_unique<Stream>(loop, std::move(ends.near), std::move(events));
  std::size_t said = 0;
  while (said < 20'000'000) {
    said += say(ends.far, pattern(1'000'000));
    uv_run(loop.uv(), UV_RUN_NOWAIT);
  }
  REQUIRE(run_until(loop, [&] { return read + moved == said; }));
  CHECK(offers > 0);
  CHECK((moved > 0) == takes);
}

TEST_CASE("what is little, or may be read in part only, is not offered") {
  Loop loop;
  Ends ends = connected();
  std::size_t read = 0;
  int offers = 0;
  Stream::Events events;
  events.on_data = [&](ByteView bytes) { read += bytes.size(); };
  events.on_plenty = [&] { return ++offers, 0U; };
  Stream stream(loop, std::move(ends.near), std::move(events));
  std::size_t said = 0;
  SECTION("little") {
    for (; said < 1'000; run_a_while(loop)) said += say(ends.far, "little");
  }
  SECTION("in part") {
    stream.read_at_most(10'000'000);
    while (said < 5'000'000) {
      said += say(ends.far, pattern(1'000'000));
      uv_run(loop.uv(), UV_RUN_NOWAIT);
    }
  }
  REQUIRE(run_until(loop, [&] { return read == said; }));
  CHECK(offers == 0);
}

TEST_CASE("what the kernel has no room for stays in the pipes, and on_drained tells when it has") {
  Fixture it;
  Ends source = connected();
  PipeQueue pipes;
  const std::string text = pattern(1'000'000);
  std::string sent;
  // Until the kernel takes no more: then a few bytes wait in the stream.
  while (it.stream->waiting() == 0) {
    sent += text.substr(0, say(source.far, text));
    std::size_t left = 0;
    while (const std::size_t count = pipes.fill(source.near.get(), 1 << 20).value()) left += count;
    while (left > 0 && it.stream->waiting() == 0) left -= it.stream->move_from(pipes, left);
  }
  CHECK(it.stream->waiting() < 100'000);
  CHECK(it.drained == 0);
  REQUIRE(it.hears([&] { return it.drained > 0 && it.heard.text.size() == it.stream->written(); }));
  CHECK(it.heard.text == sent.substr(0, it.heard.text.size()));
}

TEST_CASE("an RST behind plenty is a failure, once") {
  Loop loop;
  Ends ends = connected();
  PipeQueue pipes;
  int failed = 0;
  int ended = 0;
  const bool stays = GENERATE(true, false);
  std::unique_ptr<Stream> stream;
  Stream::Events events;
  events.on_data = [](ByteView) {};
  events.on_end = [&] { ++ended; };
  events.on_failure = [&] { ++failed; };
  // Aborts before it looks, so that it meets the failure here.
  events.on_plenty = [&] {
    if (ends.far) abort_connection(ends.far);
    std::size_t count = 0;
    while (const std::size_t more = stream->move_to(pipes)) count += more;
    if (!stays) stream.reset();
    return count;
  };
  stream = std::make_unique<Stream>(loop, std::move(ends.near), std::move(events));
  while (ends.far) {
    say(ends.far, pattern(1'000'000));
    uv_run(loop.uv(), UV_RUN_NOWAIT);
  }
  run_a_while(loop);
  CHECK(failed == (stays ? 1 : 0));
  CHECK(ended == 0);
}

TEST_CASE("an RST that moved bytes meet first is a failure, and no end") {
  const NoSigpipe as_in_halfopen;
  Fixture it;
  Ends source = connected();
  PipeQueue pipes;
  say(source.far, "too late");
  REQUIRE(run_until(it.loop, [&] { return pipes.fill(source.near.get(), 100) == 8U; }));
  abort_connection(it.ends.far);
  CHECK(it.stream->move_from(pipes, 8) == 8);
  REQUIRE(run_until(it.loop, [&] { return it.failed + it.ended > 0; }));
  CHECK(it.failed == 1);
}

TEST_CASE("what is moved to a stream that was reset is gone") {
  Fixture it;
  Ends source = connected();
  PipeQueue pipes;
  it.stream->reset();
  say(source.far, "too late");
  REQUIRE(run_until(it.loop, [&] { return pipes.fill(source.near.get(), 100) == 8U; }));
  CHECK(it.stream->move_from(pipes, 8) == 8);
  CHECK(it.stream->waiting() == 0);
  CHECK(pipes.drain(source.near.get(), 100) == 0U);
}

TEST_CASE("a callback may destroy or reset its stream, and lives on until it returns") {
  Loop loop;
  Ends ends = connected();
  std::unique_ptr<Stream> stream;
  std::string said;
  const std::string words = "longer than what a small string or function holds in itself";
  const bool destroys = GENERATE(true, false);
  const auto finish = [&stream, &said, words, destroys] {
    if (destroys)
      stream.reset();
    else
      stream->reset();
    said += words;
  };
  Stream::Events events;
  events.on_data = [finish](ByteView) { finish(); };
  events.on_end = finish;
  events.on_failure = finish;
  stream = std::make_unique<Stream>(loop, std::move(ends.near), std::move(events));
  SECTION("on data") { say(ends.far, "x"); }
  SECTION("on the end") { ::shutdown(ends.far.get(), SHUT_WR); }
  SECTION("on failure") { abort_connection(ends.far); }
  REQUIRE(run_until(loop, [&] { return !said.empty(); }));
  run_a_while(loop);
  CHECK(said == words);
}

TEST_CASE("a listener without a caller gives no connection") {
  std::uint16_t port = 0;
  std::string peer;
  const Descriptor listener = listen_on_loopback(port);
  CHECK(!accept_from(listener.get(), peer));
  std::uint16_t local = 0;
  const Descriptor caller = connect_to_loopback(port, local);
  Descriptor accepted;
  while (!accepted) accepted = accept_from(listener.get(), peer);
  CHECK(peer == "127.0.0.1:" + std::to_string(local));
}

TEST_CASE("a port on which nobody listens is a failure") {
  std::uint16_t port = 0;
  { const Descriptor gone = listen_on_loopback(port); }
  Loop loop;
  int failed = 0;
  Stream::Events events;
  events.on_data = [](ByteView) {};
  events.on_failure = [&] { ++failed; };
  std::uint16_t local = 0;
  const Stream stream(loop, connect_to_loopback(port, local), std::move(events));
  REQUIRE(run_until(loop, [&] { return failed == 1; }));
}
