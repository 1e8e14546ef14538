// Who reads in which turn of the loop, in times that the test makes up.
#include "io/loop/turns.h"

#include <array>
#include <catch2/catch.hpp>
#include <vector>

using namespace halfopen;
using namespace halfopen::io;
using namespace std::chrono_literals;

namespace {

/// Ten who always have something to read, each of which takes that long.
struct Crowd {
  Turns turns;
  std::array<std::uint64_t, 10> served{};
  Time now{};

  /// Who reads in the next turn, asked in their order.
  std::vector<int> turn(Duration each) {
    std::vector<int> readers;
    turns.begin();
    for (std::size_t i = 0; i < served.size(); ++i) {
      if (!turns.admit(now, served.at(i))) continue;
      readers.push_back(static_cast<int>(i));
      now += each;
    }
    return readers;
  }
};

}  // namespace

TEST_CASE("who takes little time reads in every turn") {
  Crowd crowd;
  for (int i = 0; i < 3; ++i) CHECK(crowd.turn(100us).size() == 10);
}

TEST_CASE("who takes long reads in turns, and nobody twice before all have read") {
  Crowd crowd;
  CHECK(crowd.turn(4ms) == std::vector{0, 1, 2});
  CHECK(crowd.turn(4ms) == std::vector{3, 4, 5});
  CHECK(crowd.turn(4ms) == std::vector{6, 7, 8});
  CHECK(crowd.turn(4ms) == std::vector{9});
  CHECK(crowd.turn(4ms) == std::vector{0, 1, 2});
}

TEST_CASE("somebody reads in every turn, however long others have taken") {
  Crowd crowd;
  for (int i = 0; i < 10; ++i) CHECK(crowd.turn(1s) == std::vector{i});
}

TEST_CASE("one reads on in a turn as long as there is time") {
  Turns turns;
  std::uint64_t served = 0;
  turns.begin();
  CHECK(turns.admit(Time(0ms), served));
  CHECK(turns.admit(Time(9ms), served));
  CHECK_FALSE(turns.admit(Time(10ms), served));
  turns.begin();
  CHECK(turns.admit(Time(11ms), served));
}
