// Bursts of losses: the share, the length of runs and its distribution, against the model's theory.
#include <catch2/catch.hpp>

#include "link/bursts.h"
#include "link/statistics.h"

namespace halfopen::link {
namespace {

TEST_CASE("bursts lose the share that the model has, within three standard deviations") {
  for (const Theory& theory : theories)
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
      INFO("p = " << theory.model.p << ", seed " << seed);
      CHECK(std::abs(share(losses(theory.model, seed)) - theory.loss) < 3 * theory.deviation);
    }
}

TEST_CASE("the standard deviation of the share is that of the model, not that of single losses") {
  for (const Theory& theory : theories) {
    double squares = 0;
    constexpr int streams = 100;
    for (std::uint64_t seed = 1; seed <= streams; ++seed)
      squares += std::pow(share(losses(theory.model, seed)) - theory.loss, 2);
    CHECK(std::sqrt(squares / streams) == Approx(theory.deviation).epsilon(0.2));
  }
}

TEST_CASE("runs of losses have the model's mean length and distribution") {
  for (const Theory& theory : theories) {
    Runs seen;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) seen.add(losses(theory.model, seed));
    INFO("p = " << theory.model.p);
    CHECK(seen.mean_length() == Approx(theory.run).epsilon(0.05));
    const ChiSquare chi(seen.histogram(), expected_runs(theory.model, seen.count()));
    CHECK(chi.sum < chi.limit());
  }
}

TEST_CASE("a burst begins in the good state") {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    Settings settings;
    settings.loss = GilbertElliott{.9, .1, 1, 0};
    CHECK(up(settings, seed).decide(data(1), zero).verdict == Verdict::carried);
  }
}

TEST_CASE("chains without chance do what they say") {
  const auto fates = [](const GilbertElliott& model) {
    Settings settings;
    settings.loss = model;
    Pipeline link = up(settings);
    std::string text;
    for (int n = 1; n <= 8; ++n)
      text += link.decide(data(n), zero).verdict == Verdict::lost ? 'x' : '.';
    return text;
  };
  CHECK(fates({1, 1, 1, 0}) == ".x.x.x.x");
  CHECK(fates({0, 0, 1, 0}) == "........");
  CHECK(fates({1, 0, 1, 0}) == ".xxxxxxx");
  CHECK(fates({0, 1, 1, 1}) == "xxxxxxxx");
}

TEST_CASE("chains that rarely and chains that nearly always change state keep their share") {
  for (const GilbertElliott model : {GilbertElliott{.001, .002, 1, 0}, {.9, .8, 1, 0}}) {
    double sum = 0;
    for (std::uint64_t seed = 1; seed <= 30; ++seed) sum += share(losses(model, seed));
    CHECK(sum / 30 == Approx(model.p / (model.p + model.r)).epsilon(0.05));
  }
}

TEST_CASE("retransmissions are lost as often as first transmissions") {
  Settings settings;
  settings.loss = theories[0].model;
  Pipeline link = up(settings);
  int lost = 0;
  for (int n = 1; n <= units_of_a_stream; ++n)
    if (link.decide(data(n, 2), zero).verdict == Verdict::lost) ++lost;
  const double deviation = std::sqrt(.03846 * (1 - .03846) / units_of_a_stream);
  CHECK(std::abs(static_cast<double>(lost) / units_of_a_stream - .03846) < 3 * deviation);
}

TEST_CASE("a unit's fate in a burst does not depend on which units were asked about before") {
  const std::vector<bool> in_order = losses(theories[0].model, 7);
  Settings settings;
  settings.loss = theories[0].model;
  Pipeline backwards = up(settings, 7);
  for (int n = units_of_a_stream; n > units_of_a_stream - 2000; --n)
    CHECK((backwards.decide(data(n), zero).verdict == Verdict::lost) ==
          in_order[static_cast<std::size_t>(n - 1)]);
}

}  // namespace
}  // namespace halfopen::link
