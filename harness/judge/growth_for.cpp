// Gaps that grow: by a step or a slope that no constant delay shows, or close to a curve.
#include <algorithm>
#include <cmath>

#include "judge/growth_limits.h"
#include "judge/growth_signs.h"

namespace halfopen::judge::curves {
namespace {

/// The slope of the straight line through the gaps, in the same units.
double slope(const Sample& sample) {
  double middle = 0;
  for (const Point& point : sample.all) middle += static_cast<double>(point.at);
  middle /= static_cast<double>(sample.all.size());
  double sum = 0;
  double squares = 0;
  for (const Point& point : sample.all) {
    const double place = static_cast<double>(point.at) - middle;
    sum += place * (place < 0 ? point.most : point.least);
    squares += place * place;
  }
  return squares == 0 ? 0 : sum / std::sqrt(squares);
}

struct Moves {
  double rise = 0;  ///< The largest, of two gaps of a run.
  double fall = 0;
};

Moves moves(const Points& run) {
  Moves moves;
  for (std::size_t j = 1; j < run.size(); ++j)
    for (std::size_t i = 0; i < j; ++i) {
      moves.rise = std::max(moves.rise, run[j].least - run[i].most);
      moves.fall = std::max(moves.fall, run[i].most - run[j].least);
    }
  return moves;
}

/// Behind the first gaps, too, it rises more than it falls; and never falls by more than a jitter
/// of ± 50 % does.
bool rises_on(const Sample& behind) {
  double rise = 0;
  double fall = 0;
  double runs = 0;
  for (const Points& run : behind.runs) {
    if (run.size() < 2) continue;
    const Moves seen = moves(run);
    if (seen.fall > jitter_of_half) return false;
    rise += seen.rise;
    fall += seen.fall;
    ++runs;
  }
  return rise >= 1.5 * fall + runs * std::log(1.15);
}

/// Each gap is at least r times the one before it: n draws of full jitter from one delay do that
/// with a probability of r^-(n(n - 1)/2) / n!, and draws of a jitter of ± x % even more rarely.
double log_chance_of_ratios(const Points& run) {
  double ratio = infinite;
  for (std::size_t i = 1; i < run.size(); ++i)
    ratio = std::min(ratio, run[i].least - run[i - 1].most);
  if (ratio < 0 || run.size() < 2) return 0;
  const auto n = static_cast<double>(run.size());
  return -ratio * n * (n - 1) / 2 - std::lgamma(n + 1);
}

}  // namespace

bool steps_up(const Sample& all, const Sample& behind) {
  const std::size_t gaps = all.all.size();
  return rises_on(behind) && (step(all) > limit(step_by_chance, gaps, infinite) ||
                              slope(all) > limit(slope_by_chance, gaps, infinite));
}

bool exponential(const Sample& sample) {
  return sample.runs.size() == 1 && spread_about_curve(sample.all, sample.longest + 1, 1.15) <
                                        limit(evenness, sample.all.size(), 0);
}

bool proven(const Sample& all, const Sample& behind) {
  if (all.runs.size() == 1 && log_chance_of_ratios(all.all) < std::log(5e-5)) return true;
  const Concordance whole = concordance(all, -1);
  const Concordance rest = concordance(behind, -1);
  return whole.sum > beyond_chance * std::sqrt(whole.variance) &&
         rest.sum > beyond_chance / 2 * std::sqrt(rest.variance);
}

}  // namespace halfopen::judge::curves
