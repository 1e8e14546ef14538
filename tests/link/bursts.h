// Bursts of losses (Gilbert-Elliott): what the link decides for a stream of units, and what the
// model's theory says of that. For the tests and for the bench.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "link/units.h"

namespace halfopen::link {

inline constexpr int units_of_a_stream = 20'000;
inline constexpr std::size_t longest_run = 64;

struct Theory {
  GilbertElliott model;
  double loss;       ///< Share of lost units.
  double deviation;  ///< Its standard deviation over a stream.
  double run;        ///< Mean number of losses in a row.
};

inline constexpr Theory theories[] = {{{.01, .25, 1, 0}, .03846, .00352, 4.00},
                                      {{.02, .10, .7, .001}, .1175, .00741, 2.67},
                                      {{.05, .50, 1, 0}, .09091, .00330, 2.00}};

/// Which units of a stream are lost.
inline std::vector<bool> losses(const Loss& model, std::uint64_t seed) {
  Settings settings;
  settings.loss = model;
  Pipeline link = up(settings, seed);
  std::vector<bool> lost;
  for (int n = 1; n <= units_of_a_stream; ++n)
    lost.push_back(link.decide(data(n), zero).verdict == Verdict::lost);
  return lost;
}

inline double share(const std::vector<bool>& lost) {
  return static_cast<double>(std::count(lost.begin(), lost.end(), true)) / units_of_a_stream;
}

/// How many runs of one, two, three … losses there are.
class Runs {
 public:
  void add(const std::vector<bool>& lost) {
    std::size_t length = 0;
    for (const bool one : lost) {
      if (one) {
        ++length;
      } else if (length > 0) {
        ++histogram_[std::min(length, longest_run) - 1];
        length = 0;
      }
    }
  }
  [[nodiscard]] const std::vector<double>& histogram() const { return histogram_; }
  [[nodiscard]] double count() const {
    double sum = 0;
    for (const double runs : histogram_) sum += runs;
    return sum;
  }
  [[nodiscard]] double mean_length() const {
    double lost = 0;
    for (std::size_t i = 0; i < longest_run; ++i)
      lost += histogram_[i] * static_cast<double>(i + 1);
    return lost / count();
  }

 private:
  std::vector<double> histogram_ = std::vector<double>(longest_run);
};

/// How many runs of each length `count` runs have: the hidden chain is walked from a unit that came
/// through until the next one that does.
inline std::vector<double> expected_runs(const GilbertElliott& m, double count) {
  double in_bad = m.p / (m.p + m.r) * (1 - m.bad);
  double in_good = m.r / (m.p + m.r) * (1 - m.good);
  std::vector<double> at_least;
  for (std::size_t k = 0; k <= longest_run; ++k) {
    const double bad = in_good * m.p + in_bad * (1 - m.r);
    const double good = in_good * (1 - m.p) + in_bad * m.r;
    in_bad = bad * m.bad;
    in_good = good * m.good;
    at_least.push_back(in_bad + in_good);
  }
  std::vector<double> exactly;
  for (std::size_t k = 0; k < longest_run; ++k)
    exactly.push_back(count * (at_least[k] - at_least[k + 1]) / at_least[0]);
  return exactly;
}

}  // namespace halfopen::link
