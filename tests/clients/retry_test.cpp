// When the reference client tries again: in virtual time, for the good policy and its mutants.
#include "reference/retry.h"

#include <catch2/catch.hpp>
#include <vector>

using namespace reference;

namespace {

constexpr Ended refused{std::nullopt, 1006};

/// The delays of one row of failures, until it gives up (or `limit` of them).
std::vector<Duration> delays(const std::string& policy, std::uint64_t seed,
                             std::size_t limit = 20) {
  Retry retry(policies().at(policy), seed);
  std::vector<Duration> all;
  while (all.size() < limit) {
    const Decision decision = retry.after(refused);
    if (!decision.delay) break;
    all.push_back(*decision.delay);
  }
  return all;
}

bool retries_after(const std::string& policy, const Ended& ended) {
  return Retry(policies().at(policy), 1).after(ended).delay.has_value();
}

}  // namespace

TEST_CASE("the first retry comes after a random 200 to 500 ms") {
  Duration lowest = 1s;
  Duration highest = 0s;
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    const Duration first = delays("good", seed, 1).at(0);
    lowest = std::min(lowest, first);
    highest = std::max(highest, first);
  }
  CHECK(200ms <= lowest);
  CHECK(lowest < 210ms);
  CHECK(highest > 490ms);
  CHECK(highest <= 500ms);
}

TEST_CASE("each further delay is about twice the last one, and none is over 8 s") {
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    const auto all = delays("good", seed);
    REQUIRE(all.size() == 5);
    Duration unjittered = all[0];
    for (std::size_t i = 1; i < all.size(); ++i) {
      CHECK(all[i] > all[i - 1]);
      CHECK(all[i] <= 8s);
      unjittered *= 2;
      CHECK(all[i] <= unjittered * 12 / 10);
      CHECK(all[i] >= std::min<Duration>(unjittered, 8s) * 8 / 10 - 1us);
    }
  }
}

TEST_CASE("equal seeds give equal delays, others do not") {
  CHECK(delays("good", 7) == delays("good", 7));
  CHECK(delays("good", 7) != delays("good", 8));
}

TEST_CASE("it gives up after five retries in a row, until the application wants it again") {
  Retry retry(policies().at("good"), 1);
  for (int i = 0; i < 5; ++i) CHECK(retry.after(refused).delay);
  CHECK(retry.after(refused).gives_up);
  retry.start_over();
  CHECK(retry.after(refused).delay);
}

TEST_CASE("only a connection that lived for 5 s ends a row of retries") {
  const auto gives_up_in_the_end = [](const std::string& policy, Duration uptime) {
    Retry retry(policies().at(policy), 1);
    for (int i = 0; i < 100; ++i) {
      if (retry.after({uptime, 1006}).gives_up) return true;
    }
    return false;
  };
  CHECK(gives_up_in_the_end("good", 4999ms));
  CHECK_FALSE(gives_up_in_the_end("good", 5s));
  CHECK_FALSE(gives_up_in_the_end("resets-on-open", 0s));
}

TEST_CASE("it waits for as long as a refusal asks it to, up to a minute; one mutant does not") {
  const auto delay = [](const std::string& policy, Duration asked) {
    return *Retry(policies().at(policy), 1).after({std::nullopt, 1006, asked}).delay;
  };
  CHECK(delay("good", 3s) == 3s);
  CHECK(delay("good", 0s) == delay("ignores-retry-after", 0s));
  CHECK(delay("good", 1h) == 60s);
  CHECK(delay("ignores-retry-after", 3s) <= 500ms);
}

TEST_CASE("a Close with 1000 is final and all other ends are retried") {
  CHECK_FALSE(retries_after("good", {1s, 1000}));
  CHECK_FALSE(Retry(policies().at("good"), 1).after({1s, 1000}).gives_up);
  for (const int code : {1001, 1005, 1006, 1011, 1012, 1013, 3000, 4999}) {
    CHECK(retries_after("good", {1s, code}));
  }
  CHECK(retries_after("retries-after-1000", {1s, 1000}));
  CHECK_FALSE(retries_after("stops-after-1011", {1s, 1011}));
}

TEST_CASE("each mutant of the backoff is wrong in its own way") {
  CHECK(delays("never-retries", 1).empty());
  CHECK(delays("no-delay", 1) == std::vector<Duration>(5, 0ms));
  CHECK(delays("no-backoff", 1) == std::vector<Duration>(5, 300ms));
  CHECK(delays("never-gives-up", 1, 50).size() == 50);
  CHECK(delays("never-gives-up", 1, 50).back() <= 8s);
}
