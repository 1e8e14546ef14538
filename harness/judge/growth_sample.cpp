#include "judge/growth_sample.h"

#include <array>
#include <cmath>

namespace halfopen::judge::curves {
namespace {

double log_seconds(Duration duration) {
  constexpr Duration shortest = std::chrono::milliseconds{1};
  return std::log(std::chrono::duration<double>(std::max(duration, shortest)).count());
}

Points points_of(const Gaps& gaps) {
  Points points;
  for (std::size_t i = 0; i < std::min(gaps.size(), looked_at); ++i)
    if (!gaps[i].at_most)
      points.push_back({i, log_seconds(gaps[i].least()), log_seconds(gaps[i].most())});
  return points;
}

/// Of a full jitter whose delays are as d to D, D ≥ d, the second draw is the longer one with a
/// probability of 1 - d / 2D.
double expected_concordance(std::size_t gaps) {
  double least = infinite;
  for (const double factor : {1.3, 2.0, 3.0}) {
    std::array<double, looked_at> delays{};
    double delay = 1;
    for (std::size_t i = 0; i < gaps; ++i) {
      delays[i] = delay;
      delay = std::min(delay * factor, 4.0);
    }
    double sum = 0;
    for (std::size_t j = 1; j < gaps; ++j)
      for (std::size_t i = 0; i < j; ++i) sum += 1 - delays[i] / delays[j];
    least = std::min(least, sum);
  }
  return least;
}

}  // namespace

Sample::Sample(std::span<const Gaps> gaps, bool with_first) {
  for (const Gaps& run : gaps) {
    Points points = points_of(run);
    if (!with_first) std::erase_if(points, [](const Point& point) { return point.at == 0; });
    longest = std::max(longest, points.size());
    all.insert(all.end(), points.begin(), points.end());
    runs.push_back(std::move(points));
  }
}

double spread(const Points& points) {
  return spread(points, [](const Point&) { return 0.0; });
}

// The spread is convex in the factor's logarithm: the search by thirds finds it.
double spread_about_curve(const Points& points, std::size_t period, double least_factor) {
  const auto with = [&](double step) {
    return spread(
        points, [&](const Point& point) { return step * static_cast<double>(point.at % period); });
  };
  double lo = std::log(least_factor);
  double hi = std::log(3.5);
  for (int i = 0; i < 20; ++i) {
    const double left = lo + (hi - lo) / 3;
    const double right = hi - (hi - lo) / 3;
    if (with(left) < with(right))
      hi = right;
    else
      lo = left;
  }
  return with((lo + hi) / 2);
}

double step(const Sample& sample) {
  double most = -infinite;
  for (std::size_t from = 1; from < sample.longest + 1; ++from) {
    double early = 0;
    double late = 0;
    double earlier = 0;
    for (const Point& point : sample.all) {
      earlier += point.at < from ? 1 : 0;
      (point.at < from ? early : late) += point.at < from ? point.most : point.least;
    }
    const double later = static_cast<double>(sample.all.size()) - earlier;
    if (earlier == 0 || later == 0) continue;
    most = std::max(
        most, (late / later - early / earlier) * std::sqrt(earlier * later / (earlier + later)));
  }
  return most;
}

Concordance concordance(const Sample& sample, double doubtful) {
  Concordance result;
  for (const Points& run : sample.runs) {
    for (std::size_t j = 1; j < run.size(); ++j)
      for (std::size_t i = 0; i < j; ++i)
        result.sum += run[j].least > run[i].most ? 1 : run[j].most < run[i].least ? -1 : doubtful;
    const auto n = static_cast<double>(run.size());
    result.variance += n * (n - 1) * (2 * n + 5) / 18;
    result.usual += expected_concordance(run.size());
  }
  return result;
}

}  // namespace halfopen::judge::curves
