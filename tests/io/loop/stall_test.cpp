// A loop that stood still, by made-up clocks.
#include <catch2/catch.hpp>

#include "io/loop/stall_watch.h"

using namespace halfopen;
using namespace halfopen::io;
using namespace std::chrono_literals;

namespace {

Time at(Duration time) { return Time(time); }

}  // namespace

TEST_CASE("a standstill is noticed once, and counted from when something was due") {
  StallWatch watch(at(0s), 0s);
  CHECK(!watch.woke(at(10ms), 0s, at(50ms), 20ms));
  CHECK(!watch.woke(at(65ms), 0s, at(50ms), 20ms));
  CHECK(watch.woke(at(6050ms), 0s, at(50ms), 20ms) == 6s);
  CHECK(!watch.woke(at(6060ms), 0s, at(50ms), 20ms));
  CHECK(watch.woke(at(6080ms), 0s, at(50ms), 20ms) == 30ms);
}

TEST_CASE("what was done in time is not late afterwards") {
  StallWatch watch(at(0s), 0s);
  watch.done(at(50ms));
  CHECK(!watch.woke(at(60ms), 0s, at(40ms), 20ms));
}

TEST_CASE("without a timer nothing is late, unless the machine slept") {
  StallWatch watch(at(0s), 3s);
  CHECK(!watch.woke(at(60s), 3s, std::nullopt, 20ms));
  CHECK(watch.woke(at(61s), 8s, std::nullopt, 20ms) == 5s);
  CHECK(!watch.woke(at(62s), 8s, std::nullopt, 20ms));
  CHECK(watch.woke(at(63s), 12s, at(62s), 20ms) == 5s);
}
