// Gaps that do not grow: constant ones, none at all, a sawtooth, many that rise no more than by
// chance.
#include <algorithm>
#include <array>
#include <cmath>

#include "judge/growth_limits.h"
#include "judge/growth_signs.h"

namespace halfopen::judge::curves {
namespace {

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

/// What gaps are like that have the same place in their periods.
struct InStep {
  double widest = 0;     ///< Their largest spread: so far are they from any curve that begins anew.
  bool repeats = false;  ///< Whether there are two at one place.
};

InStep in_step(const Points& points, std::size_t period) {
  std::array<double, looked_at> least{};
  std::array<double, looked_at> most{};
  least.fill(infinite);
  most.fill(-infinite);
  InStep seen;
  for (const Point& point : points) {
    const std::size_t place = point.at % period;
    seen.repeats = seen.repeats || least[place] < infinite;
    least[place] = std::min(least[place], point.least);
    most[place] = std::max(most[place], point.most);
    seen.widest = std::max(seen.widest, most[place] - least[place]);
  }
  return seen;
}

bool is_sawtooth(const Points& points, std::size_t period, double close) {
  const InStep seen = in_step(points, period);
  return seen.repeats && seen.widest < close && spread_about_curve(points, period, 1.3) < close;
}

/// Whether it is longer than the shortest of the others at its place, and by no more than a busy
/// machine makes it.
bool is_late(const Points& points, const Point& one, std::size_t period) {
  double shortest = infinite;
  for (const Point& other : points)
    if (other.at != one.at && other.at % period == one.at % period)
      shortest = std::min(shortest, other.least);
  return one.most > shortest && std::exp(one.most) - std::exp(shortest) <= late_once;
}

/// A sawtooth but for one gap that is late.
bool is_sawtooth_but_for_one(const Points& points, std::size_t period, double close) {
  return std::any_of(points.begin(), points.end(), [&](const Point& one) {
    if (!is_late(points, one, period)) return false;
    Points others = points;
    std::erase_if(others, [&](const Point& other) { return other.at == one.at; });
    return is_sawtooth(others, period, close);
  });
}

}  // namespace

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

/// The period of the sawtooth that the gaps are close to. Those of several runs are as many, but
/// what hardly grows in any of them is close to a small sawtooth in all.
std::optional<std::size_t> period(const Sample& sample) {
  double close = limit(closeness_to_sawtooth, sample.all.size(), 0);
  if (sample.runs.size() > 1) close = std::min(close, sample.longest < 7 ? 0.15 : 0.42);
  const bool alone = sample.runs.size() == 1;
  const double others_close = limit(closeness_but_for_one, sample.all.size(), 0);
  for (std::size_t period = 2; period < sample.longest; ++period)
    if (is_sawtooth(sample.all, period, close) ||
        (alone && is_sawtooth_but_for_one(sample.all, period, others_close)))
      return period;
  return {};
}

bool flat(const Sample& all, const Sample& behind) {
  const auto below_usual = [](const Sample& sample) {
    const Concordance seen = concordance(sample, 1);
    return seen.sum < seen.usual - beyond_chance * std::sqrt(seen.variance);
  };
  return below_usual(all) && below_usual(behind);
}

}  // namespace halfopen::judge::curves
