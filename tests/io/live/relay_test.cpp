// The relay moves bytes, ends and resets through delays: all of them, in order, never early.
#include <sys/socket.h>

#include <catch2/catch.hpp>
#include <random>

#include "fixture.h"

using namespace halfopen;
using namespace halfopen::io;
using namespace halfopen::io::testing;
using namespace std::chrono_literals;

namespace {

std::string pattern(std::size_t size) {
  std::string text(size, '\0');
  for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>(i * 31 + i / 251);
  return text;
}

/// Seeded delays that come and go: none for a while, then up to 2 ms for a while.
ChunkDelay coming_and_going(unsigned seed) {
  return [dice = std::mt19937(seed), chunk = 0](std::size_t, Time time) mutable {
    return ++chunk / 500 % 2 == 0 ? time : time + Duration(dice() % 2'000'000);
  };
}

ChunkDelay by(Duration delay) {
  return [delay](std::size_t, Time time) { return time + delay; };
}

}  // namespace

TEST_CASE("65535 ordered writes of two bytes arrive intact while delays come and go") {
  RelayFixture it(coming_and_going(1), coming_and_going(2));
  std::string all;
  for (unsigned i = 0; i < 65535; ++i) {
    const char number[] = {static_cast<char>(i >> 8), static_cast<char>(i & 0xff)};
    all.append(number, 2);
    REQUIRE(it.say_all(it.client, {number, 2}));
  }
  REQUIRE(it.both_read([&] { return it.at_server.text.size() >= all.size(); }));
  CHECK(it.at_server.text == all);
}

TEST_CASE("megabytes go both ways at once, intact") {
  const bool delayed = GENERATE(false, true);
  RelayFixture it(delayed ? coming_and_going(3) : nullptr, delayed ? coming_and_going(4) : nullptr);
  const std::string text = pattern(3'000'000);
  const std::string other = pattern(2'999'999);
  it.say_all(it.client, text);
  it.say_all(it.server, other);
  REQUIRE(it.both_read([&] {
    return it.at_server.text.size() >= text.size() && it.at_client.text.size() >= other.size();
  }));
  CHECK(it.at_server.text == text);
  CHECK(it.at_client.text == other);
  CHECK(it.delivered == other.size());
}

TEST_CASE("a delayed byte is never early") {
  Time due{};
  RelayFixture it([&](std::size_t, Time time) { return due = time + 3ms; });
  for (int i = 0; i < 5; ++i) {
    say(it.client.far, "x");
    const std::size_t before = it.at_server.text.size();
    REQUIRE(it.both_read([&] { return it.at_server.text.size() > before; }));
    CHECK(now() >= due);
  }
}

TEST_CASE("due times that go backwards do not reorder the stream") {
  int chunk = 0;
  RelayFixture it([&](std::size_t, Time time) { return ++chunk == 1 ? time + 5ms : time; });
  say(it.client.far, "first ");
  run_until(it.loop, [&] { return chunk == 1; });
  say(it.client.far, "second");
  REQUIRE(it.both_read([&] { return it.at_server.text.size() == 12; }));
  CHECK(it.at_server.text == "first second");
}

TEST_CASE("large reads are delayed in chunks of at most one segment") {
  std::size_t longest = 0;
  std::size_t total = 0;
  RelayFixture it([&](std::size_t size, Time time) {
    longest = std::max(longest, size);
    total += size;
    return time;
  });
  it.say_all(it.client, pattern(100'000));
  REQUIRE(it.both_read([&] { return it.at_server.text.size() == 100'000; }));
  CHECK(longest == Relay::segment_size);
  CHECK(total == 100'000);
}

TEST_CASE("what is delayed by the same time is not cut") {
  const Duration delay = GENERATE(0ms, 2ms);
  int chunks = 0;
  RelayFixture it(
      [&](std::size_t, Time time) {
        ++chunks;
        return time + delay;
      },
      nullptr, false);
  const std::string text = pattern(3'000'000);
  it.say_all(it.client, text);
  REQUIRE(it.both_read([&] { return it.at_server.text.size() >= text.size(); }));
  CHECK(it.at_server.text == text);
  CHECK(chunks < 1'000);
}

TEST_CASE("FIN passes behind the last byte, each way on its own") {
  const Duration delay = GENERATE(0ms, 2ms);
  RelayFixture it(by(delay), by(delay));
  say(it.client.far, "request");
  ::shutdown(it.client.far.get(), SHUT_WR);
  REQUIRE(it.both_read([&] { return it.at_server.ended; }));
  CHECK(it.at_server.text == "request");
  CHECK(it.left == std::vector{trace::End::fin});
  CHECK(!it.at_client.ended);
  say(it.server.far, "answer");
  ::shutdown(it.server.far.get(), SHUT_WR);
  REQUIRE(it.both_read([&] { return it.at_client.ended && it.over; }));
  CHECK(it.at_client.text == "answer");
  CHECK(it.delivered == 7);  // the FIN counts as one
  CHECK(it.resets_to_client == 0);
}

TEST_CASE("RST passes as RST") {
  const Duration delay = GENERATE(0ms, 2ms);
  RelayFixture it(by(delay), by(delay));
  SECTION("from the server") {
    say(it.server.far, "last words");
    REQUIRE(it.both_read([&] { return it.at_client.text == "last words"; }));
    abort_connection(it.server.far);
    REQUIRE(it.both_read([&] { return it.at_client.failed && it.over; }));
    CHECK(it.resets_to_client == 1);
    CHECK(it.left.empty());
  }
  SECTION("from the client") {
    say(it.client.far, "hello");
    REQUIRE(it.both_read([&] { return it.at_server.text == "hello"; }));
    abort_connection(it.client.far);
    REQUIRE(it.both_read([&] { return it.at_server.failed && it.over; }));
    CHECK(it.left == std::vector{trace::End::reset});
    CHECK(it.resets_to_client == 0);
  }
}

TEST_CASE("a client that never reads pushes back on the server") {
  const bool delayed = GENERATE(false, true);
  RelayFixture it(nullptr, delayed ? by(1ms) : nullptr);
  const std::string block = pattern(1'000'000);
  std::size_t sent = 0;
  for (int idle = 0; idle < 20;) {
    const std::size_t taken = say(it.server.far, block);
    sent += taken;
    bool waited = false;
    it.loop.at(now() + 2ms, [&] { waited = true; });
    run_until(it.loop, [&] { return waited; });
    idle = taken == 0 ? idle + 1 : 0;
    REQUIRE(sent < 200'000'000);
  }
  REQUIRE(it.both_read([&] { return it.at_client.text.size() >= sent; }));
  CHECK(it.at_client.text.size() == sent);
}

TEST_CASE("what a client does not read at once comes whole, before the FIN of the server") {
  const Duration delay = GENERATE(0ms, 2ms);
  RelayFixture it(by(delay), by(delay), false);
  ::shutdown(it.client.far.get(), SHUT_WR);  // the relay may not be over before all has gone
  const std::string sent = it.fill_up(it.server);
  ::shutdown(it.server.far.get(), SHUT_WR);
  run_a_while(it.loop);
  CHECK(!it.over);
  REQUIRE(it.both_read([&] {
    if (it.over) it.relay.reset();
    return it.at_client.ended || it.at_client.failed;
  }));
  CHECK(it.at_client.text == sent);
  CHECK(it.delivered == sent.size() + 1);
}

TEST_CASE("an RST does not wait for what the other side does not read") {
  RelayFixture it(nullptr, by(1ms), false);
  SECTION("of the server") {
    it.fill_up(it.server);
    say(it.server.far, "x");
    abort_connection(it.server.far);
    REQUIRE(it.both_read([&] { return it.at_client.failed && it.over; }));
    CHECK(it.resets_to_client == 1);
  }
  SECTION("of the client") {
    it.fill_up(it.server);
    abort_connection(it.client.far);
    REQUIRE(it.both_read([&] { return it.at_server.failed && it.over; }));
    CHECK(it.left == std::vector{trace::End::reset});
  }
}

TEST_CASE("what was under way in a relay that goes is not seen in the next") {
  for (const Duration delay : {Duration(1h), Duration(1ms)}) {
    RelayFixture it(by(delay), by(delay), false);
    const std::string sent = it.fill_up(it.client);
    REQUIRE(sent.size() > 4'000'000);
    if (delay > 1s) continue;
    REQUIRE(it.both_read([&] { return it.at_server.text.size() == sent.size(); }));
    CHECK(it.at_server.text == sent);
  }
}

TEST_CASE("while it is held nothing is moved, not even what is under way; then all of it") {
  RelayFixture it(by(2ms));
  say(it.client.far, "under way ");
  Time seen = now();
  bool waited = false;
  run_until(it.loop, [&] { return now() > seen; });
  it.relay->hold(true);
  say(it.client.far, "behind");
  it.loop.at(now() + 10ms, [&] { waited = true; });
  REQUIRE(it.both_read([&] { return waited; }));
  CHECK(it.at_server.text.empty());
  it.relay->hold(false);
  REQUIRE(it.both_read([&] { return it.at_server.text.size() == 16; }));
  CHECK(it.at_server.text == "under way behind");
}

TEST_CASE("what the other side had no room for is held, too") {
  RelayFixture it;
  const std::string sent = it.fill_up(it.server);
  it.relay->hold(true);
  bool waited = false;
  it.loop.at(now() + 50ms, [&] { waited = true; });
  REQUIRE(it.both_read([&] { return waited; }));
  CHECK(it.at_client.text.size() < sent.size());
  it.relay->hold(false);
  REQUIRE(it.both_read([&] { return it.at_client.text.size() == sent.size(); }));
  CHECK(it.at_client.text == sent);
}

TEST_CASE("where all relays together hold too much, one more of them brings little") {
  RelayFixture it(by(1h), by(1h), false);
  it.queued->bytes = it.queued->high_water;  // the others'
  say(it.client.far, pattern(200'000));
  run_a_while(it.loop);
  const std::size_t own = it.queued->bytes - it.queued->high_water;
  CHECK(own > 0);
  CHECK(own <= std::size_t{32} * 1024);
}

TEST_CASE("a relay may go at any time") {
  RelayFixture it(by(1h), by(1h));
  say(it.client.far, "never delivered");
  run_a_while(it.loop);
  it.relay.reset();
  REQUIRE(it.both_read([&] { return it.at_client.ended || it.at_client.failed; }));
}
