// Bytes that go from socket to socket in pipes: all of them, in order, in a bounded number of
// pipes.
#include "io/loop/pipe_queue.h"

#include <catch2/catch.hpp>

#include "wait.h"

using namespace halfopen::io;
using namespace halfopen::io::testing;

namespace {

constexpr std::size_t whole = 1 << 20;

std::string pattern(std::size_t size) {
  std::string text(size, '\0');
  for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>(i * 31 + i / 251);
  return text;
}

/// One connection that bytes come by, and one that they leave by.
struct Fixture {
  Ends from = connected();
  Ends to = connected();
  PipeQueue queue;
  std::size_t said = 0;
  std::size_t held = 0;

  /// Says a kilobyte of the endless pattern after the other, and moves each into the queue.
  bool fill_a_little(const std::string& text) {
    said += say(from.far, std::string_view(text).substr(said, 1024));
    const std::size_t moved = queue.fill(from.near.get(), whole).value();
    held += moved;
    return moved > 0;
  }
  Heard drain_all() {
    Heard heard;
    while (held > 0) {
      held -= queue.drain(to.near.get(), whole).value();
      hear(to.far, heard);
    }
    while (heard.text.size() < said) hear(to.far, heard);
    return heard;
  }
};

}  // namespace

TEST_CASE("what was moved in comes out, in order") {
  Fixture it;
  const std::string text = pattern(5'000);
  while (it.said < text.size()) it.fill_a_little(text);
  CHECK(it.held == text.size());
  CHECK(it.drain_all().text == text);
  CHECK(it.queue.drain(it.to.near.get(), whole) == 0U);
}

TEST_CASE("what was moved in is copied out where that is wanted") {
  Fixture it;
  it.fill_a_little(pattern(1'024));
  std::array<std::uint8_t, 100> some{};
  CHECK(it.queue.read(some) == 100);
  it.held -= 100;
  it.said -= 100;
  CHECK(it.drain_all().text == pattern(1'024).substr(100));
  CHECK(it.queue.read(some) == 0);
}

TEST_CASE("no more is moved out than is asked for") {
  Fixture it;
  it.fill_a_little(pattern(1'024));
  CHECK(it.queue.drain(it.to.near.get(), 24) == 24U);
}

TEST_CASE("nothing is moved from a socket that has nothing or has ended, nor into none") {
  Fixture it;
  CHECK(it.queue.fill(it.from.near.get(), whole) == 0U);
  CHECK(it.queue.fill(-1, whole) == 0U);
  it.fill_a_little(pattern(10));
  it.from.far.reset();
  CHECK(it.queue.fill(it.from.near.get(), whole) == 0U);
  CHECK(it.queue.drain(-1, whole) == 0U);
  CHECK(it.drain_all().text == pattern(10));
}

TEST_CASE("a failure is told behind the last byte, once") {
  Fixture it;
  it.fill_a_little(pattern(10));
  abort_connection(it.from.far);
  CHECK(it.queue.fill(it.from.near.get(), whole) == std::nullopt);
  CHECK(it.queue.fill(it.from.near.get(), whole) == 0U);
  CHECK(it.drain_all().text == pattern(10));
}

TEST_CASE("a failure of where bytes go to is told, once; they stay") {
  const NoSigpipe as_in_halfopen;
  Fixture it;
  it.fill_a_little(pattern(10));
  Ends broken = connected();
  abort_connection(broken.far);
  CHECK(it.queue.drain(broken.near.get(), whole) == std::nullopt);
  CHECK(it.drain_all().text == pattern(10));
}

TEST_CASE("there are only so many pipes, for all queues; those of one that goes are free again") {
  const std::string text = pattern(16'000'000);
  std::size_t first = 0;
  for (int round = 0; round < 2; ++round) {
    Fixture it;
    while (it.said < text.size() && it.fill_a_little(text)) {
    }
    REQUIRE(it.said < text.size());
    Fixture other;
    CHECK(!other.fill_a_little(text));
    if (round == 0) {
      first = it.held;
      continue;  // with bytes in its pipes
    }
    CHECK(it.held == first);
    it.said = it.held;
    CHECK(it.drain_all().text == text.substr(0, first));
    CHECK(other.queue.fill(other.from.near.get(), whole) > 0U);
  }
}
