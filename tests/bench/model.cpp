// The link's random decisions against their theory, in virtual time: no clock, no network.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "bench/sections.h"
#include "bench/table.h"
#include "link/bursts.h"
#include "link/statistics.h"

namespace halfopen::bench {
namespace {

using namespace std::chrono_literals;
using namespace link;

void measure_single_losses() {
  for (const double p : {.01, .03, .10}) {
    const double deviation = std::sqrt(p * (1 - p) / units_of_a_stream);
    const double off = std::abs(share(losses(Bernoulli{p}, 1)) - p) / deviation;
    row(fmt::format("single losses, {:.0f} %: share off by", p * 100),
        fmt::format("{:.2f} deviations", off), "within 3", off < 3);
  }
}

void measure_bursts() {
  for (const Theory& theory : theories) {
    const auto& m = theory.model;
    const std::string name = fmt::format("bursts ({}, {}, {}, {}):", m.p, m.r, m.bad, m.good);
    const double off = std::abs(share(losses(m, 1)) - theory.loss) / theory.deviation;
    row(name + " share off by", fmt::format("{:.2f} deviations", off), "within 3", off < 3);
    Runs seen;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) seen.add(losses(m, seed));
    const double run = seen.mean_length();
    row(name + " mean run", fmt::format("{:.2f} of {:.2f}", run, theory.run), "within 5 %",
        std::abs(run / theory.run - 1) < .05);
    const ChiSquare chi(seen.histogram(), expected_runs(m, seen.count()));
    row(name + " runs, chi square", fmt::format("{:.1f}", chi.sum),
        fmt::format("< {:.1f} (0.1 %)", chi.limit()), chi.sum < chi.limit());
  }
}

std::vector<double> jitters(Distribution distribution) {
  Settings settings;
  settings.delay = 1000ms;
  settings.jitter = 100ms;
  settings.distribution = distribution;
  settings.jitter_reorders = true;
  Pipeline link = up(settings, 11);
  std::vector<double> samples;
  for (int n = 1; n <= units_of_a_stream; ++n) {
    const Duration delay = link.decide(data(n), zero).copies[0].due - zero;
    samples.push_back((static_cast<double>(delay.count()) / 1e6 - 1000) / 100);
  }
  return samples;
}

void measure_jitter() {
  const auto normal = [](double x) { return std::erfc(-x / std::sqrt(2.0)) / 2; };
  const double cut = normal(-3);
  const auto report = [](const char* name, double distance) {
    row(fmt::format("jitter, {}: Kolmogorov-Smirnov", name), fmt::format("{:.2f}", distance),
        "< 1.63 (1 %)", distance < 1.63);
  };
  report("uniform",
         kolmogorov_smirnov(jitters(Distribution::uniform), [](double x) { return (x + 1) / 2; }));
  report("normal", kolmogorov_smirnov(jitters(Distribution::normal),
                                      [&](double x) { return (normal(x) - cut) / (1 - 2 * cut); }));
  report("pareto", kolmogorov_smirnov(jitters(Distribution::pareto),
                                      [](double x) { return 1 - std::pow(1 + x / 2, -3); }));
}

/// The hash of all decisions about the same units, which come in another order each time.
std::string decisions(std::uint64_t seed, int stride) {
  Settings settings;
  settings.loss = theories[0].model;
  settings.duplicate = .01;
  settings.corrupt = .01;
  settings.delay = 40ms;
  settings.jitter = 10ms;
  settings.reorder = .01;
  Pipeline link = up(settings, seed);
  // 20,000 and 7919 have no common divisor: every unit comes once.
  for (int i = 0; i < units_of_a_stream; ++i)
    (void)link.decide(data(i * stride % units_of_a_stream + 1), zero + i * 1us);
  return link.decisions_hash();
}

void measure_seeds() {
  const std::string in_order = decisions(1, 1);
  row("equal seeds: decisions in order and shuffled", in_order.substr(0, 8), "equal",
      in_order == decisions(1, 7919));
  const std::string other = decisions(2, 1);
  row("another seed", other.substr(0, 8), "different", in_order != other);
}

}  // namespace

void measure_model(bool /*quick*/) {
  heading("The link's decisions, in virtual time (20,000 units each)");
  measure_single_losses();
  measure_bursts();
  measure_jitter();
  measure_seeds();
}

}  // namespace halfopen::bench
