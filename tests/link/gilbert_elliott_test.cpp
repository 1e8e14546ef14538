// Bursts of losses: the share, the length of runs and its distribution, against the model's theory.
#include <catch2/catch.hpp>

#include "statistics.h"
#include "units.h"

namespace halfopen::link {
namespace {

constexpr int units = 20'000;

struct Theory {
  GilbertElliott model;
  double loss;       ///< Share of lost units.
  double deviation;  ///< Its standard deviation over 20,000 units.
  double run;        ///< Mean number of losses in a row.
};

const Theory theories[] = {{{.01, .25, 1, 0}, .03846, .00352, 4.00},
                           {{.02, .10, .7, .001}, .1175, .00741, 2.67},
                           {{.05, .50, 1, 0}, .09091, .00330, 2.00}};

std::vector<bool> losses(const GilbertElliott& model, std::uint64_t seed) {
  Settings settings;
  settings.loss = model;
  Pipeline link = up(settings, seed);
  std::vector<bool> lost;
  for (int n = 1; n <= units; ++n)
    lost.push_back(link.decide(data(n), zero).verdict == Verdict::lost);
  return lost;
}

double share(const std::vector<bool>& lost) {
  return static_cast<double>(std::count(lost.begin(), lost.end(), true)) / units;
}

/// How many runs of one, two, three … losses there are.
std::vector<double> runs(const std::vector<bool>& lost) {
  std::vector<double> histogram(64);
  std::size_t length = 0;
  for (const bool one : lost) {
    if (one) {
      ++length;
    } else if (length > 0) {
      ++histogram[std::min<std::size_t>(length, histogram.size()) - 1];
      length = 0;
    }
  }
  return histogram;
}

/// The probability of each length of a run, by walking the hidden chain from a unit that came
/// through to the first that does again.
std::vector<double> run_lengths(const GilbertElliott& m) {
  double bad = m.p / (m.p + m.r) * (1 - m.bad);
  double good = m.r / (m.p + m.r) * (1 - m.good);
  const auto step = [&] {
    const double to_bad = good * m.p + bad * (1 - m.r);
    good = good * (1 - m.p) + bad * m.r;
    bad = to_bad;
  };
  std::vector<double> at_least;
  for (int k = 0; k <= 64; ++k) {
    step();
    bad *= m.bad;
    good *= m.good;
    at_least.push_back(bad + good);
  }
  std::vector<double> exactly;
  for (std::size_t k = 0; k + 1 < at_least.size(); ++k)
    exactly.push_back((at_least[k] - at_least[k + 1]) / at_least[0]);
  return exactly;
}

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
    std::vector<double> seen(64);
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
      const auto one = runs(losses(theory.model, seed));
      for (std::size_t i = 0; i < seen.size(); ++i) seen[i] += one[i];
    }
    double count = 0;
    double lost = 0;
    for (std::size_t i = 0; i < seen.size(); ++i) {
      count += seen[i];
      lost += seen[i] * static_cast<double>(i + 1);
    }
    INFO("p = " << theory.model.p);
    CHECK(lost / count == Approx(theory.run).epsilon(0.05));

    std::vector<double> expected = run_lengths(theory.model);
    for (double& probability : expected) probability *= count;
    const ChiSquare chi(seen, expected);
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
  for (int n = 1; n <= units; ++n)
    if (link.decide(data(n, 2), zero).verdict == Verdict::lost) ++lost;
  const double deviation = std::sqrt(.03846 * (1 - .03846) / units);
  CHECK(std::abs(static_cast<double>(lost) / units - .03846) < 3 * deviation);
}

TEST_CASE("a unit's fate in a burst does not depend on which units were asked about before") {
  const std::vector<bool> in_order = losses(theories[0].model, 7);
  Settings settings;
  settings.loss = theories[0].model;
  Pipeline backwards = up(settings, 7);
  for (int n = units; n > units - 2000; --n)
    CHECK((backwards.decide(data(n), zero).verdict == Verdict::lost) ==
          in_order[static_cast<std::size_t>(n - 1)]);
}

}  // namespace
}  // namespace halfopen::link
