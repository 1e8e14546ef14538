// Coins: the same for the same key, moved by nothing else, and fair.
#include "scenario/coins.h"

#include <catch2/catch.hpp>

using namespace halfopen::scenario;

TEST_CASE("a coin falls by seed, scenario, attempt and place, and the same way every time") {
  int heads = 0;
  int differ_by_place = 0;
  for (int attempt = 1; attempt <= 4000; ++attempt) {
    const Coins own{7, "drops/reset", attempt};
    CHECK(own.fall_for(0.3, "port") == own.fall_for(0.3, "port"));
    if (own.fall_for(0.3, "port")) ++heads;
    if (own.fall_for(0.3, "port") != own.fall_for(0.3, "tls")) ++differ_by_place;
  }
  CHECK(heads > 1080);
  CHECK(heads < 1320);
  CHECK(differ_by_place > 1000);
}

TEST_CASE("other seeds and other scenarios have other coins") {
  int by_seed = 0;
  int by_scenario = 0;
  for (int attempt = 1; attempt <= 1000; ++attempt) {
    const bool one = Coins{1, "a", attempt}.fall_for(0.5, "port");
    if (one != Coins{2, "a", attempt}.fall_for(0.5, "port")) ++by_seed;
    if (one != Coins{1, "b", attempt}.fall_for(0.5, "port")) ++by_scenario;
  }
  CHECK(by_seed > 400);
  CHECK(by_scenario > 400);
}

TEST_CASE("0% never happens and 100% always does") {
  for (int attempt = 1; attempt <= 1000; ++attempt) {
    const Coins coins{3, "x", attempt};
    CHECK_FALSE(coins.fall_for(0, "port"));
    CHECK(coins.fall_for(1, "port"));
  }
}
