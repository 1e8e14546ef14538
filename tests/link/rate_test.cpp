// The line: exact to the byte, no credit for idleness, and a queue that overflows.
#include <catch2/catch.hpp>

#include <cmath>

#include "units.h"

namespace halfopen::link {
namespace {

Settings line(double bits_per_second, std::uint64_t queue = 1'000'000'000) {
  Settings settings;
  settings.rate = bits_per_second;
  settings.queue = queue;
  return settings;
}

Unit sized(int ordinal, std::size_t size) {
  Unit unit = data(ordinal);
  unit.size = size;
  return unit;
}

TEST_CASE("480 KB at 1 MB/s take 480 ms, however they are cut") {
  for (const std::size_t size : {1500U, 1000U, 64U, 96U, 480'000U}) {
    Pipeline link = up(line(8e6));
    Time due;
    int n = 0;
    for (std::size_t sent = 0; sent < 480'000; sent += size)
      due = link.decide(sized(++n, size), zero).copies[0].due;
    CHECK(due == zero + 480ms);
  }
}

TEST_CASE("rounding never adds up: the nth byte is due to the nanosecond") {
  Pipeline link = up(line(49'000));
  std::uint64_t bytes = 0;
  for (int n = 1; n <= 20'000; ++n) {
    const std::size_t size = 40 + static_cast<std::size_t>(n * 37 % 1461);
    bytes += size;
    const Time due = link.decide(sized(n, size), zero).copies[0].due;
    // Integer arithmetic: ceil(bytes · 8·10⁹ / 49000)
    const std::uint64_t exact = (bytes * 8'000'000 + 48) / 49;
    CHECK(due == zero + Duration(static_cast<std::int64_t>(exact)));
  }
}

TEST_CASE("an idle line saves nothing up") {
  Pipeline link = up(line(8e6));
  CHECK(link.decide(data(1), zero).copies[0].due == zero + 1500us);
  CHECK(link.decide(data(2), zero + 10s).copies[0].due == zero + 10s + 1500us);
  CHECK(link.decide(data(3), zero + 10s).copies[0].due == zero + 10s + 3000us);
}

TEST_CASE("the queue holds what it says and drops what comes on top") {
  Pipeline link = up(line(8e6, 6000));
  std::string fates;
  for (int n = 1; n <= 6; ++n)
    fates += link.decide(data(n), zero).verdict == Verdict::carried ? '.' : 'x';
  CHECK(fates == "....xx");
  // After 1.5 ms one of them is on the wire and has left its place.
  CHECK(link.decide(data(7), zero + 1500us - 1ns).verdict == Verdict::overflowed);
  CHECK(link.decide(data(8), zero + 1500us).verdict == Verdict::carried);
  CHECK(link.decide(data(9), zero + 1500us).verdict == Verdict::overflowed);
}

TEST_CASE("an idle line takes a unit larger than its queue") {
  Pipeline link = up(line(8e6, 100));
  CHECK(link.decide(data(1), zero).verdict == Verdict::carried);
  CHECK(link.decide(data(2), zero).verdict == Verdict::overflowed);
  CHECK(link.decide(data(3), zero + 1500us).verdict == Verdict::carried);
}

TEST_CASE("lost units take no time on the line, doubled ones take it twice") {
  Settings settings = line(8e6);
  settings.loss = Bernoulli{1};
  Pipeline link = up(settings);
  link.decide(data(1), zero);
  settings.loss = NoLoss{};
  settings.duplicate = 1;
  link.change(settings, zero);
  const Decision twice = link.decide(data(2), zero);
  REQUIRE(twice.arrivals().size() == 2);
  CHECK(twice.copies[0].due == zero + 1500us);
  CHECK(twice.copies[1].due == zero + 3000us);
}

TEST_CASE("where only one copy fits into the queue, one arrives") {
  Settings settings = line(8e6, 100);
  settings.duplicate = 1;
  const Decision decision = up(settings).decide(data(1), zero);
  CHECK(decision.verdict == Verdict::carried);
  CHECK(decision.arrivals().size() == 1);
}

TEST_CASE("a new rate holds for what comes after it, behind what is under way") {
  Pipeline link = up(line(8e6));
  CHECK(link.decide(data(1), zero).copies[0].due == zero + 1500us);
  link.change(line(80e6), zero + 500us);
  CHECK(link.decide(data(2), zero + 500us).copies[0].due == zero + 1650us);
  link.change(line(800e3), zero + 1s);
  CHECK(link.decide(data(3), zero + 1s).copies[0].due == zero + 1s + 15ms);
}

TEST_CASE("the queue stays as full as it was when the rate changes") {
  Pipeline link = up(line(8e6, 6000));
  for (int n = 1; n <= 4; ++n) link.decide(data(n), zero);
  link.change(line(8e3, 6000), zero);
  CHECK(link.decide(data(5), zero).verdict == Verdict::overflowed);
  CHECK(link.decide(data(6), zero + 3ms).verdict == Verdict::carried);
  CHECK(link.decide(data(7), zero + 3ms).verdict == Verdict::carried);
  CHECK(link.decide(data(8), zero + 3ms).verdict == Verdict::overflowed);
}

TEST_CASE("rate and delay add up") {
  Settings settings = line(8e6);
  settings.delay = 100ms;
  Pipeline link = up(settings);
  CHECK(link.decide(data(1), zero).copies[0].due == zero + 101500us);
  CHECK(link.decide(data(2), zero).copies[0].due == zero + 103ms);
}

}  // namespace
}  // namespace halfopen::link
