// The stream link: late instead of lost, and always in order.
#include <catch2/catch.hpp>

#include "link/drop_rule.h"
#include "link/stream_delay.h"
#include "units.h"

namespace halfopen::link {
namespace {

StreamPipeline stream(const Settings& settings, Duration round_trip = 50ms,
                      std::uint64_t seed = 1) {
  return StreamPipeline(settings, Direction::up, seed, zero, round_trip);
}

Settings dropping(std::string_view rule) {
  Settings settings;
  settings.drop = {*parse_drop_rule(rule).value};
  return settings;
}

TEST_CASE("a lost chunk comes late by TCP's retransmission timeout, and all behind it waits") {
  StreamPipeline link = stream(dropping("data 2"));
  CHECK(link.decide(data(1).identity, 1460, zero).due == zero);
  const StreamPipeline::Result late = link.decide(data(2).identity, 1460, zero);
  CHECK(late.due == zero + 250ms);
  CHECK(late.losses == 1);
  const StreamPipeline::Result behind = link.decide(data(3).identity, 1460, zero + 100ms);
  CHECK(behind.due == zero + 250ms);
  CHECK(behind.losses == 0);
  CHECK(link.decide(data(4).identity, 1460, zero + 300ms).due == zero + 300ms);
}

TEST_CASE("the timeout doubles with each loss of the same chunk") {
  CHECK(stream(dropping("data 1 x2")).decide(data(1).identity, 1460, zero).due ==
        zero + 250ms + 500ms);
  const auto four = stream(dropping("data 1 x4")).decide(data(1).identity, 1460, zero);
  CHECK(four.losses == 4);
  CHECK(four.due == zero + 250ms * (1 + 2 + 4 + 8));
}

TEST_CASE("a longer round trip makes a longer timeout") {
  CHECK(stream(dropping("data 1"), 800ms).decide(data(1).identity, 1460, zero).due == zero + 1s);
}

TEST_CASE("the timeout comes on top of rate and delay; what waits has crossed the line by then") {
  Settings settings = dropping("data 1");
  settings.rate = 8e6;
  settings.delay = 25ms;
  StreamPipeline link = stream(settings);
  CHECK(link.decide(data(1).identity, 1000, zero).due == zero + 1ms + 25ms + 250ms);
  CHECK(link.decide(data(2).identity, 1000, zero).due == zero + 1ms + 25ms + 250ms);
  CHECK(link.decide(data(3).identity, 1000, zero + 1s).due == zero + 1s + 1ms + 25ms);
}

TEST_CASE("a chunk that falls into an outage comes when a retransmission finds the link up") {
  Settings settings;
  settings.loss = Outages{1s, 1s};
  StreamPipeline link = stream(settings);
  // Sent at 1.1 s, again at 1.35 and 1.85 s, and at 2.85 s it passes.
  const auto result = link.decide(data(1).identity, 1460, zero + 1100ms);
  CHECK(result.losses == 3);
  CHECK(result.due == zero + 2850ms);
}

TEST_CASE("a link that loses everything delays beyond any run, but ends") {
  Settings settings;
  settings.loss = Bernoulli{1};
  const auto result = stream(settings).decide(data(1).identity, 1460, zero);
  CHECK(result.losses == StreamPipeline::most_losses);
  CHECK(result.due > zero + 15min);
}

TEST_CASE("chunks of one connection do not wait for those of another") {
  StreamPipeline link = stream(dropping("data 1 x3"));
  CHECK(link.decide(data(1, 1, 1).identity, 100, zero).due > zero + 1s);
  CHECK(link.decide(data(2, 1, 2).identity, 100, zero).due == zero);
  CHECK(link.decide(data(2, 1, 1).identity, 100, zero).due > zero + 1s);
}

TEST_CASE("65,535 writes of two bytes stay in order while faults come and go") {
  Settings settings;
  StreamPipeline link = stream(settings);
  Time last = zero;
  for (int n = 1; n <= 65'535; ++n) {
    const Time now = zero + n * 10us;
    if (n % 1000 == 0) {
      settings.loss = n % 2000 == 0 ? Loss{Bernoulli{.02}} : Loss{NoLoss{}};
      settings.delay = Duration(n % 7000 * 10us);
      settings.jitter = settings.delay / 2;
      settings.rate = n % 3000 == 0 ? std::optional(1e6) : std::nullopt;
      settings.jitter_reorders = n % 5000 == 0;
      settings.reorder = .1;
      settings.duplicate = .1;
      link.change(settings, 50ms, now);
    }
    const Time due = link.decide(data(n).identity, 2, now).due;
    REQUIRE(due >= last);
    REQUIRE(due >= now);
    last = due;
  }
}

TEST_CASE("as often as units are lost on a packet link, so often chunks are late here") {
  Settings settings;
  settings.loss = GilbertElliott{.01, .25, 1, 0};
  StreamPipeline link = stream(settings, 50ms, 8);
  Pipeline packets = up(settings, 8);
  for (int n = 1; n <= 20'000; ++n)
    REQUIRE((link.decide(data(n).identity, 1460, zero).losses > 0) ==
            (packets.decide(data(n), zero).verdict == Verdict::lost));
}

TEST_CASE("equal seeds give equal losses and an equal hash on the stream link too") {
  Settings settings;
  settings.loss = Bernoulli{.1};
  const auto hash = [&](std::uint64_t seed, Duration pace) {
    StreamPipeline link = stream(settings, 50ms, seed);
    for (int n = 1; n <= 1000; ++n) link.decide(data(n).identity, 1460, zero + n * pace);
    return link.decisions_hash();
  };
  CHECK(hash(1, 1ms) == hash(1, 7us));
  CHECK(hash(1, 1ms) != hash(2, 1ms));
}

}  // namespace
}  // namespace halfopen::link
