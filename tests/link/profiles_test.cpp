// The named access networks.
#include <catch2/catch.hpp>

#include <algorithm>

#include "units.h"

namespace halfopen::link {
namespace {

TEST_CASE("a profile halves its round trip and knows its two rates") {
  const Link* const dsl = find_profile("dsl");
  REQUIRE(dsl != nullptr);
  CHECK(dsl->profile == "dsl");
  CHECK(dsl->up.delay == 25ms);
  CHECK(dsl->down.delay == 25ms);
  CHECK(dsl->down.rate == 1'500'000.0);
  CHECK(dsl->up.rate == 384'000.0);
  CHECK(dsl->down.loss == Loss{NoLoss{}});
}

TEST_CASE("lossy profiles lose where they say") {
  CHECK(find_profile("3g-lossy")->down.loss == Loss{Bernoulli{.01}});
  CHECK(find_profile("3g-lossy")->up.loss == Loss{NoLoss{}});
  CHECK(find_profile("very-bad-network")->up.loss == Loss{Bernoulli{.1}});
  CHECK_FALSE(find_profile("satellite")->down.rate);
  CHECK(find_profile("satellite")->down.loss == Loss{Bernoulli{.025}});
}

TEST_CASE("all profiles have a name of their own and a delay") {
  const std::vector<std::string> names = profile_names();
  CHECK(names.size() == 16);
  for (const std::string& name : names) {
    CHECK(std::count(names.begin(), names.end(), name) == 1);
    CHECK(find_profile(name)->up.delay > 0ms);
    CHECK(find_profile(name)->up.delay == find_profile(name)->down.delay);
  }
  CHECK(find_profile("5g") == nullptr);
}

}  // namespace
}  // namespace halfopen::link
