// Delay, jitter and order: as long as asked, never early, distributed as asked, in order.
#include <catch2/catch.hpp>

#include "statistics.h"
#include "units.h"

namespace halfopen::link {
namespace {

constexpr double mean_ms = 1000;
constexpr double jitter_ms = 100;

/// What jitter adds to the delay, in units of the jitter asked for.
std::vector<double> jitters(Distribution distribution) {
  Settings settings;
  settings.delay = 1000ms;
  settings.jitter = 100ms;
  settings.distribution = distribution;
  settings.jitter_reorders = true;
  Pipeline link = up(settings, 11);
  std::vector<double> samples;
  for (int n = 1; n <= 20'000; ++n) {
    const Duration delay = link.decide(data(n), zero).copies[0].due - zero;
    samples.push_back((static_cast<double>(delay.count()) / 1e6 - mean_ms) / jitter_ms);
  }
  return samples;
}

double normal_cdf(double x) { return std::erfc(-x / std::sqrt(2.0)) / 2; }

double mean(const std::vector<double>& samples) {
  double sum = 0;
  for (const double sample : samples) sum += sample;
  return sum / static_cast<double>(samples.size());
}

TEST_CASE("uniform jitter is uniform within plus and minus the jitter") {
  const auto samples = jitters(Distribution::uniform);
  CHECK(kolmogorov_smirnov(samples, [](double x) { return (x + 1) / 2; }) < 1.63);
  CHECK(*std::min_element(samples.begin(), samples.end()) >= -1);
  CHECK(*std::max_element(samples.begin(), samples.end()) <= 1);
}

TEST_CASE("normal jitter is normal and cut at three standard deviations") {
  const auto samples = jitters(Distribution::normal);
  const double cut = normal_cdf(-3);
  const auto cdf = [cut](double x) { return (normal_cdf(x) - cut) / (1 - 2 * cut); };
  CHECK(kolmogorov_smirnov(samples, cdf) < 1.63);
  CHECK(*std::min_element(samples.begin(), samples.end()) >= -3);
  CHECK(*std::max_element(samples.begin(), samples.end()) <= 3);
}

TEST_CASE("pareto jitter has a long tail above the delay, with the jitter as its mean") {
  const auto samples = jitters(Distribution::pareto);
  const auto cdf = [](double x) { return 1 - std::pow(1 + x / 2, -3); };
  CHECK(kolmogorov_smirnov(samples, cdf) < 1.63);
  CHECK(*std::min_element(samples.begin(), samples.end()) >= 0);
  CHECK(mean(samples) == Approx(1).epsilon(0.05));
}

TEST_CASE("the test of distributions would notice another one") {
  const auto samples = jitters(Distribution::normal);
  CHECK(kolmogorov_smirnov(samples, [](double x) { return std::clamp((x + 1) / 2, 0.0, 1.0); }) >
        1.95);
}

TEST_CASE("two stacked delays of 500 ms are exactly one second") {
  Settings settings;
  settings.delay = 500ms;
  Pipeline first = up(settings);
  Pipeline second = up(settings);
  const Time between = first.decide(data(1), zero).copies[0].due;
  CHECK(second.decide(data(1), between).copies[0].due == zero + 1000ms);
}

TEST_CASE("a link without settings hands everything on at once, in one copy") {
  Pipeline link = up({});
  const Decision decision = link.decide(data(1), zero + 5ms);
  CHECK(decision.verdict == Verdict::carried);
  REQUIRE(decision.arrivals().size() == 1);
  CHECK(decision.copies[0].due == zero + 5ms);
  CHECK_FALSE(decision.copies[0].corrupt);
}

TEST_CASE("jitter keeps the order unless it may change it") {
  Settings settings;
  settings.delay = 50ms;
  settings.jitter = 40ms;
  const auto overtakers = [&](Pipeline link) {
    Time last = zero;
    int count = 0;
    for (int n = 1; n <= 5000; ++n) {
      const Time due = link.decide(data(n), zero + n * 1ms).copies[0].due;
      if (due < last) ++count;
      last = std::max(last, due);
    }
    return count;
  };
  for (const auto distribution :
       {Distribution::uniform, Distribution::normal, Distribution::pareto}) {
    settings.distribution = distribution;
    settings.jitter_reorders = false;
    CHECK(overtakers(up(settings)) == 0);
    settings.jitter_reorders = true;
    CHECK(overtakers(up(settings)) > 1000);
  }
}

TEST_CASE("nothing is ever due before it came, however large the jitter") {
  for (const auto distribution :
       {Distribution::uniform, Distribution::normal, Distribution::pareto}) {
    Settings settings;
    settings.delay = 5ms;
    settings.jitter = 500ms;
    settings.distribution = distribution;
    settings.jitter_reorders = true;
    settings.duplicate = .3;
    settings.reorder = .3;
    settings.rate = 10e6;
    Pipeline link = up(settings);
    for (int n = 1; n <= 5000; ++n) {
      const Time now = zero + n * 1ms;
      const Decision decision = link.decide(data(n), now);
      for (const Copy& copy : decision.arrivals()) CHECK(copy.due >= now);
    }
  }
}

TEST_CASE("a shorter delay from now on lets nothing overtake what is under way") {
  Settings slow;
  slow.delay = 500ms;
  Pipeline link = up(slow);
  CHECK(link.decide(data(1), zero).copies[0].due == zero + 500ms);
  link.change({}, zero + 100ms);
  CHECK(link.decide(data(2), zero + 100ms).copies[0].due == zero + 500ms);
  CHECK(link.decide(data(3), zero + 600ms).copies[0].due == zero + 600ms);
}

TEST_CASE("absurd settings neither overflow nor end") {
  Settings settings;
  settings.delay = std::chrono::hours(24 * 365);
  settings.jitter = std::chrono::hours(24 * 365);
  settings.distribution = Distribution::pareto;
  settings.rate = 1e-6;
  Pipeline link = up(settings);
  for (int n = 1; n <= 100; ++n) {
    const Decision decision = link.decide(data(n), zero);
    for (const Copy& copy : decision.arrivals()) CHECK(copy.due > zero);
  }
}

}  // namespace
}  // namespace halfopen::link
