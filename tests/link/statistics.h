// The little statistics that the tests of random stages need.
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

namespace halfopen::link {

/// Greatest distance of the samples' distribution from `cdf`, times the root of their number: for
/// a sound sample above 1.95 once in a thousand (Kolmogorov).
template <class Cdf>
double kolmogorov_smirnov(std::vector<double> samples, Cdf cdf) {
  std::sort(samples.begin(), samples.end());
  const auto n = static_cast<double>(samples.size());
  double greatest = 0;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const double expected = cdf(samples[i]);
    greatest = std::max({greatest, expected - static_cast<double>(i) / n,
                         static_cast<double>(i + 1) / n - expected});
  }
  return greatest * std::sqrt(n);
}

/// Pearson's sum over bins whose expectation is at least 5; the rest is one bin.
struct ChiSquare {
  double sum = 0;
  int bins = 0;

  ChiSquare(const std::vector<double>& seen, const std::vector<double>& expected) {
    double rest_seen = 0;
    double rest_expected = 0;
    for (std::size_t i = 0; i < seen.size(); ++i) {
      if (expected[i] >= 5) {
        add(seen[i], expected[i]);
      } else {
        rest_seen += seen[i];
        rest_expected += expected[i];
      }
    }
    if (rest_expected >= 1) add(rest_seen, rest_expected);
  }

  /// What a sound sample exceeds once in a thousand (Wilson and Hilferty, 1931).
  [[nodiscard]] double limit() const {
    const double degrees = bins - 1;
    const double part = 2 / (9 * degrees);
    return degrees * std::pow(1 - part + 3.09 * std::sqrt(part), 3);
  }

 private:
  void add(double seen, double expected) {
    sum += (seen - expected) * (seen - expected) / expected;
    ++bins;
  }
};

}  // namespace halfopen::link
