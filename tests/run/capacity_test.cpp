// The places of a host, one by one: who has one, until when, and who waits.
#include "run/capacity.h"

#include <catch2/catch.hpp>

using namespace halfopen;
using namespace halfopen::run;
using namespace std::chrono_literals;

namespace {

std::optional<scenario::ConnectionLimit> two_places(Duration held) {
  scenario::ConnectionLimit limit;
  limit.most = 2;
  limit.held = held;
  limit.then = scenario::ConnectionLimit::Then::queue;
  return limit;
}

}  // namespace

TEST_CASE("a host without a limit is never full, and keeps no list") {
  const std::optional<scenario::ConnectionLimit> none;
  Capacity capacity(none);
  for (int attempt = 1; attempt <= 1000; ++attempt) capacity.take(attempt);
  CHECK_FALSE(capacity.is_full());
  CHECK_FALSE(capacity.has_place(1));
  CHECK_FALSE(capacity.deadline());
}

TEST_CASE("a place is held for a while after its connection is over") {
  const auto limit = two_places(2s);
  Capacity capacity(limit);
  capacity.take(1);
  capacity.take(2);
  CHECK(capacity.is_full());
  capacity.leave(Time(1s), 1);
  capacity.leave(Time(2s), 1);  // known already
  capacity.free(Time(2999ms));
  CHECK(capacity.has_place(1));
  CHECK(capacity.is_full());
  capacity.free(Time(3s));
  CHECK_FALSE(capacity.has_place(1));
  CHECK_FALSE(capacity.is_full());
}

TEST_CASE("who has waited longest gets the first place") {
  const auto limit = two_places(2s);
  Capacity capacity(limit);
  capacity.take(1);
  capacity.take(2);
  capacity.wait(3);
  capacity.wait(4);
  CHECK_FALSE(capacity.admit());
  CHECK_FALSE(capacity.deadline());  // nobody has left
  capacity.leave(Time(1s), 2);
  CHECK(capacity.deadline() == Time(3s));
  capacity.free(Time(3s));
  CHECK(capacity.admit() == 3);
  capacity.take(3);
  CHECK_FALSE(capacity.admit());
}

TEST_CASE("nobody has to be woken for a place that nobody waits for") {
  const auto limit = two_places(2s);
  Capacity capacity(limit);
  capacity.take(1);
  capacity.leave(Time(1s), 1);
  CHECK_FALSE(capacity.deadline());
}
