// Seeded randomness: the same on every machine, and no draw moves another.
#include "base/random.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <set>

using namespace halfopen;

TEST_CASE("the values are fixed: a change here would break every recorded seed") {
  Draws draws(1);
  // SplitMix64's first outputs for the seed 1 (Vigna's reference code prints the same).
  CHECK(draws.bits() == 0x910a2dec89025cc1);
  CHECK(draws.bits() == 0xbeeb8da1658eec67);
  CHECK(draws.bits() == 0xf893a2eefb32555e);
  CHECK(key_of("") == 0xcbf29ce484222325);
  CHECK(key_of("a") == 0xaf63dc4c8601ec8c);  // FNV-1a's own test vector
  CHECK(key_of("foobar") == 0x85944171f73967e8);
}

TEST_CASE("a key depends on each of its parts and on their order") {
  const std::set<std::uint64_t> keys{mix({}),     mix({0}),    mix({0, 0}), mix({1, 0}),
                                     mix({0, 1}), mix({1, 2}), mix({2, 1})};
  CHECK(keys.size() == 7);
  CHECK(mix({1, 2, 3}) == mix({1, 2, 3}));
}

TEST_CASE("units are uniform, normals normal, chances fair") {
  constexpr int n = 100'000;
  Draws draws(7);
  double sum = 0;
  double normal_sum = 0;
  double normal_squares = 0;
  int heads = 0;
  for (int i = 0; i < n; ++i) {
    const double unit = draws.unit();
    REQUIRE(unit >= 0);
    REQUIRE(unit < 1);
    sum += unit;
    const double normal = draws.normal();
    normal_sum += normal;
    normal_squares += normal * normal;
    if (draws.chance(0.1)) ++heads;
  }
  CHECK(sum / n == Approx(0.5).margin(0.005));
  CHECK(normal_sum / n == Approx(0).margin(0.02));
  CHECK(normal_squares / n == Approx(1).margin(0.02));
  CHECK(heads / double{n} == Approx(0.1).margin(0.005));
}

TEST_CASE("chances of 0 and 1 are certain") {
  Draws draws(3);
  for (int i = 0; i < 1000; ++i) {
    CHECK_FALSE(draws.chance(0));
    CHECK(draws.chance(1));
  }
}
