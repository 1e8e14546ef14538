#include "judge/growth.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace halfopen::judge {
namespace {

/// Of each run: a curve has shown itself by then, and some of what follows is quadratic.
constexpr std::size_t looked_at = 40;
constexpr double infinite = std::numeric_limits<double>::infinity();

/// What a gap may have been, as logarithms of seconds: factors become differences, and jitter of a
/// share becomes noise of the same width everywhere.
struct Point {
  std::size_t at = 0;  ///< Its index in its run.
  double least = 0;
  double most = 0;
};
using Points = std::vector<Point>;

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

/// The runs, each without its first gap if asked (it may be drawn at random: RFC 6455, 7.2.3).
struct Sample {
  std::vector<Points> runs;
  Points all;
  std::size_t longest = 0;  ///< Gaps in the longest run.

  Sample(std::span<const Gaps> gaps, bool with_first) {
    for (const Gaps& run : gaps) {
      Points points = points_of(run);
      if (!with_first) std::erase_if(points, [](const Point& point) { return point.at == 0; });
      longest = std::max(longest, points.size());
      all.insert(all.end(), points.begin(), points.end());
      runs.push_back(std::move(points));
    }
  }
};

// ── limits, found by simulation ──────────────────────────────────────────────────────────────

struct Limit {
  std::size_t gaps;
  double value;
};

/// The limit for the largest number of gaps that is not above `gaps`.
double limit(std::span<const Limit> limits, std::size_t gaps, double below) {
  double value = below;
  for (const Limit& row : limits)
    if (row.gaps <= gaps) value = row.value;
  return value;
}

/// How close the gaps of a usual curve come to each other: the longest by the shortest, as a
/// logarithm, is below this in less than 1 of 10,000 runs of the kind of curve that comes closest.
/// From 24 gaps on it is that of a constant delay ± 50 %.
constexpr std::array<Limit, 12> closeness{{{3, 0.005},
                                           {4, 0.03},
                                           {5, 0.09},
                                           {6, 0.19},
                                           {7, 0.28},
                                           {8, 0.37},
                                           {9, 0.45},
                                           {10, 0.54},
                                           {13, 0.75},
                                           {16, 0.8},
                                           {20, 0.95},
                                           {24, 1.1}}};

/// In one run, however long: a curve ± 50 % with an early cap, kept after the jitter was added, may
/// begin high and then stay below it.
constexpr double close_in_one_run = 0.8;

/// The same for how close they come to a curve that begins anew.
constexpr std::array<Limit, 9> closeness_to_sawtooth{{{4, 0.004},
                                                      {5, 0.02},
                                                      {6, 0.06},
                                                      {7, 0.11},
                                                      {8, 0.15},
                                                      {10, 0.24},
                                                      {13, 0.35},
                                                      {16, 0.45},
                                                      {24, 0.6}}};

/// The step up (see `step`) that a constant delay ± 50 % shows in 1 of 1,000 runs. Two gaps: that
/// of 1 by 1.8, which it shows in 1 of 10.
constexpr std::array<Limit, 11> step_by_chance{{{2, 0.415},
                                                {3, 0.82},
                                                {4, 0.88},
                                                {5, 0.94},
                                                {6, 0.97},
                                                {7, 0.99},
                                                {8, 1.01},
                                                {10, 1.03},
                                                {13, 1.08},
                                                {16, 1.1},
                                                {24, 1.16}}};
/// The same for `slope`.
constexpr std::array<Limit, 9> slope_by_chance{{{3, 0.742},
                                                {4, 0.81},
                                                {5, 0.85},
                                                {6, 0.87},
                                                {7, 0.88},
                                                {8, 0.89},
                                                {10, 0.91},
                                                {13, 0.92},
                                                {16, 0.95}}};
/// How close to an exponential curve a constant delay comes in 1 of 200 runs, whatever its jitter.
constexpr std::array<Limit, 4> evenness{{{3, 0.0095}, {4, 0.08}, {5, 0.18}, {6, 0.3}}};

/// By how many standard deviations the normal law is exceeded in less than 1 of 30,000 cases.
constexpr double beyond_chance = 4;

const double jitter_of_half = std::log(3.0);  ///< The most that ± 50 % explains: 1.5 by 0.5.

// ── how far gaps lie from a pattern ──────────────────────────────────────────────────────────

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

double spread(const Points& points) {
  return spread(points, [](const Point&) { return 0.0; });
}

/// The spread about the exponential curve that begins anew after every `period` gaps, with the
/// factor that fits best. The spread is convex in the factor's logarithm: the search by thirds
/// finds it.
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

/// By how much the later gaps are above the earlier ones on average, in units of one gap's noise;
/// of the division into earlier and later that shows most.
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

// ── no ───────────────────────────────────────────────────────────────────────────────────────

/// Of several runs, each begins at the foot of its curve again: they count for one gap less each,
/// and where none has the time to grow, all stay close to the beginning.
double closeness_limit(const Sample& sample) {
  const std::size_t runs = sample.runs.size();
  if (runs <= 1) return std::min(close_in_one_run, limit(closeness, sample.all.size(), 0));
  if (sample.all.size() < runs || sample.longest < 2) return 0;
  const double room = static_cast<double>(sample.longest - 1) * (sample.longest < 5 ? 0.05 : 0.19);
  const double close = limit(closeness, sample.all.size() - runs + 1, 0);
  return std::min({room, close, sample.longest >= 13 ? close_in_one_run : infinite});
}

/// Whether a run begins well below all that follows: at the foot of a curve that is soon at its
/// cap.
bool starts_below(const Points& run) {
  if (run.size() < 2) return false;
  double rest = infinite;
  for (std::size_t i = 1; i < run.size(); ++i) rest = std::min(rest, run[i].most);
  return run.front().least < rest + std::log(0.75);
}

/// Of several runs, whether the later gaps are longer on average than noise of this spread makes
/// them.
bool steps_up_together(const Sample& sample) {
  const double noise = spread(sample.all) / jitter_of_half;
  return step(sample) > noise * limit(step_by_chance, sample.all.size(), infinite);
}

bool constant(const Sample& sample) {
  if (spread(sample.all) >= closeness_limit(sample)) return false;
  return sample.runs.size() == 1 ? !starts_below(sample.runs.front()) : !steps_up_together(sample);
}

/// Constant behind a first delay of its own, which is none or the longer one: behind a shorter one,
/// a curve may have reached its cap.
bool constant_behind_first(const Sample& all, const Sample& behind) {
  if (behind.longest < 5) return false;
  const double none = std::log(0.05);
  return std::none_of(
             all.runs.begin(), all.runs.end(),
             [&](const Points& run) { return starts_below(run) && run.front().most > none; }) &&
         spread(behind.all) < std::min(std::log(1.15), closeness_limit(behind));
}

/// The probability that full jitter draws as little, from delays of 100 ms that grow by 1.3 to 400
/// ms. The first delay does not count: many clients rightly try again at once.
bool hot(std::span<const Gaps> runs) {
  constexpr double longest = 0.05;
  constexpr double rare = 4e-5;
  double most = 0;
  for (const Gaps& run : runs)
    for (std::size_t i = 1; i < run.size(); ++i)
      most = std::max(most, std::chrono::duration<double>(run[i].most()).count());
  double probability = 1;
  for (const Gaps& run : runs)
    for (std::size_t i = 1; i < run.size(); ++i)
      probability *= std::min(1.0, most / (0.1 * std::min(std::pow(1.3, i - 1), 4.0)));
  return most <= longest && probability <= rare;
}

/// The largest spread among gaps that have the same place in their periods: at least so far are
/// they from any curve that begins anew so often.
double spread_in_step(const Points& points, std::size_t period) {
  std::array<double, looked_at> least{};
  std::array<double, looked_at> most{};
  least.fill(infinite);
  most.fill(-infinite);
  double widest = 0;
  for (const Point& point : points) {
    const std::size_t place = point.at % period;
    least[place] = std::min(least[place], point.least);
    most[place] = std::max(most[place], point.most);
    widest = std::max(widest, most[place] - least[place]);
  }
  return widest;
}

/// The period of the sawtooth that the gaps are close to. Those of several runs are as many, but
/// what hardly grows in any of them is close to a small sawtooth in all.
std::optional<std::size_t> period(const Sample& sample) {
  double close = limit(closeness_to_sawtooth, sample.all.size(), 0);
  if (sample.runs.size() > 1) close = std::min(close, sample.longest < 7 ? 0.15 : 0.42);
  for (std::size_t period = 2; period < sample.longest; ++period)
    if (spread_in_step(sample.all, period) < close &&
        spread_about_curve(sample.all, period, 1.3) < close)
      return period;
  return {};
}

// ── concordance: how often the later of two gaps of a run is the longer one (Kendall, 1938) ──

struct Concordance {
  double sum = 0;       ///< Pairs in which it is, less those in which it is not.
  double variance = 0;  ///< Of that, if all orders are equally likely.
  double usual = 0;     ///< The least that a usual curve with full jitter is expected to have.
};

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

/// A pair whose order is in doubt counts as `doubtful`.
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

bool flat(const Sample& all, const Sample& behind) {
  const auto below_usual = [](const Sample& sample) {
    const Concordance seen = concordance(sample, 1);
    return seen.sum < seen.usual - beyond_chance * std::sqrt(seen.variance);
  };
  return below_usual(all) && below_usual(behind);
}

// ── yes ──────────────────────────────────────────────────────────────────────────────────────

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

bool steps_up(const Sample& all, const Sample& behind) {
  const std::size_t gaps = all.all.size();
  return rises_on(behind) && (step(all) > limit(step_by_chance, gaps, infinite) ||
                              slope(all) > limit(slope_by_chance, gaps, infinite));
}

bool exponential(const Sample& sample) {
  return sample.runs.size() == 1 && spread_about_curve(sample.all, sample.longest + 1, 1.15) <
                                        limit(evenness, sample.all.size(), 0);
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

bool proven(const Sample& all, const Sample& behind) {
  if (all.runs.size() == 1 && log_chance_of_ratios(all.all) < std::log(5e-5)) return true;
  const Concordance whole = concordance(all, -1);
  const Concordance rest = concordance(behind, -1);
  return whole.sum > beyond_chance * std::sqrt(whole.variance) &&
         rest.sum > beyond_chance / 2 * std::sqrt(rest.variance);
}

}  // namespace

Duration Gap::least() const {
  return at_most || length < doubt ? Duration::zero() : length - doubt;
}

Growth grows(std::span<const Gaps> runs) {
  const Sample all(runs, true);
  const Sample behind(runs, false);
  Growth growth;
  growth.gaps = all.all.size();
  if (!all.all.empty()) growth.times = std::exp(spread(all.all));
  growth.times_by_chance = std::exp(closeness_limit(all));
  const auto no = [&](Stagnation stagnation) {
    growth.answer = Answer::no;
    growth.stagnation = stagnation;
    return growth;
  };
  if (hot(runs)) return no(Stagnation::hot);
  if (growth.gaps < 2) return growth;
  if (constant(all) || constant_behind_first(all, behind)) return no(Stagnation::constant);
  growth.fell_back_at = period(all);
  if (growth.fell_back_at) return no(Stagnation::falls_back);
  if (flat(all, behind)) return no(Stagnation::flat);
  growth.proven = proven(all, behind);
  if (growth.proven || steps_up(all, behind) || exponential(all)) growth.answer = Answer::yes;
  return growth;
}

}  // namespace halfopen::judge
