// What a middlebox does to the packets of a flow.
#include "link/middlebox.h"

#include <catch2/catch.hpp>

using namespace halfopen;
using namespace halfopen::link;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t small = 60;
Time at(Duration since) { return Time{} + since; }

}  // namespace

TEST_CASE("a middlebox without rules lets everything pass") {
  FlowEntry entry;
  CHECK(treat({}, entry, 65'535, at(0s)) == Treatment::passes);
  CHECK(treat({}, entry, small, at(10h)) == Treatment::passes);
  CHECK_FALSE(forgets_at({}, entry));
}

TEST_CASE("a flow is forgotten after its idle time, for good") {
  const Middlebox box{Idle{5s, Idle::How::forget}, {}};
  FlowEntry entry;
  CHECK_FALSE(forgets_at(box, entry));
  CHECK(treat(box, entry, small, at(1s)) == Treatment::passes);
  CHECK(forgets_at(box, entry) == at(6s));
  CHECK(treat(box, entry, small, at(6s) - Duration(1)) == Treatment::passes);
  CHECK(treat(box, entry, small, at(11s) - Duration(2)) == Treatment::passes);
  CHECK(treat(box, entry, small, at(16s)) == Treatment::forgotten);
  CHECK(treat(box, entry, small, at(16s)) == Treatment::forgotten);
  CHECK_FALSE(forgets_at(box, entry));
}

TEST_CASE("packets in time keep a flow alive for ever") {
  const Middlebox box{Idle{5s, Idle::How::forget}, {}};
  FlowEntry entry;
  for (Duration now = 0s; now < 1h; now += 4s)
    CHECK(treat(box, entry, small, at(now)) == Treatment::passes);
}

TEST_CASE("a middlebox that tells answers with RST") {
  const Middlebox box{Idle{5s, Idle::How::reset}, {}};
  FlowEntry entry;
  CHECK(treat(box, entry, small, at(0s)) == Treatment::passes);
  CHECK(treat(box, entry, small, at(5s)) == Treatment::reset);
}

TEST_CASE("what is larger than the way takes does not get through") {
  FlowEntry entry;
  const Middlebox telling{{}, LargestPacket{1200, true}};
  CHECK(treat(telling, entry, 1200, at(0s)) == Treatment::passes);
  CHECK(treat(telling, entry, 1201, at(0s)) == Treatment::too_large_told);
  const Middlebox silent{{}, LargestPacket{1200, false}};
  CHECK(treat(silent, entry, 1201, at(0s)) == Treatment::too_large);
}

TEST_CASE("a state swallows both directions, or one") {
  const auto swallowed = [](State state) {
    return std::pair(swallows(state, Direction::up), swallows(state, Direction::down));
  };
  CHECK(swallowed(State::up) == std::pair(false, false));
  CHECK(swallowed(State::down) == std::pair(true, true));
  CHECK(swallowed(State::no_carrier) == std::pair(true, true));
  CHECK(swallowed(State::blackhole) == std::pair(true, true));
  CHECK(swallowed(State::blackhole_up) == std::pair(true, false));
  CHECK(swallowed(State::blackhole_down) == std::pair(false, true));
}
