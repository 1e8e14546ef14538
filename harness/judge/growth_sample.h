// The gaps of several runs as growth.cpp looks at them, and measures of how they lie to each other:
// spread, step, concordance.
#pragma once

#include <algorithm>
#include <cstddef>
#include <limits>
#include <vector>

#include "judge/growth.h"

namespace halfopen::judge::curves {

/// Of each run: a curve has shown itself by then, and some of what follows is quadratic.
inline constexpr std::size_t looked_at = 40;
inline constexpr double infinite = std::numeric_limits<double>::infinity();

/// What a gap may have been, as logarithms of seconds: factors become differences, and jitter of a
/// share becomes noise of the same width everywhere.
struct Point {
  std::size_t at = 0;  ///< Its index in its run.
  double least = 0;
  double most = 0;
};
using Points = std::vector<Point>;

/// The runs, each without its first gap if asked (it may be drawn at random: RFC 6455, 7.2.3).
struct Sample {
  std::vector<Points> runs;
  Points all;
  std::size_t longest = 0;  ///< Gaps in the longest run.

  Sample(std::span<const Gaps> gaps, bool with_first);
};

/// The longest by the shortest, as a logarithm, each first divided by its place in a pattern.
template <typename Place>
double spread(const Points& points, Place place) {
  double least = infinite;
  double most = -infinite;
  for (const Point& point : points) {
    least = std::min(least, point.least - place(point));
    most = std::max(most, point.most - place(point));
  }
  return most - least;
}

[[nodiscard]] double spread(const Points& points);
/// The spread about the exponential curve that begins anew after every `period` gaps, with the
/// factor that fits best.
[[nodiscard]] double spread_about_curve(const Points& points, std::size_t period,
                                        double least_factor);
/// By how much the later gaps are above the earlier ones on average, in units of one gap's noise;
/// of the division into earlier and later that shows most.
[[nodiscard]] double step(const Sample& sample);

/// How often the later of two gaps of a run is the longer one (Kendall, 1938).
struct Concordance {
  double sum = 0;       ///< Pairs in which it is, less those in which it is not.
  double variance = 0;  ///< Of that, if all orders are equally likely.
  double usual = 0;     ///< The least that a usual curve with full jitter is expected to have.
};

/// A pair whose order is in doubt counts as `doubtful`.
[[nodiscard]] Concordance concordance(const Sample& sample, double doubtful);

}  // namespace halfopen::judge::curves
