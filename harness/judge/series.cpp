#include "judge/series.h"

#include <algorithm>
#include <set>
#include <utility>

namespace halfopen::judge {
namespace {

// More ways than that to see the gaps are not tried.
constexpr std::size_t most_ways = 16;

// A way to see them: where each series begins, in which run.
struct Series {
  std::vector<Gaps> gaps;
  std::vector<std::pair<std::size_t, std::size_t>> begins;  // Run and gap, by index.
};

// They begin anew behind each connection that was open for so long.
Series split(std::span<const Gaps> runs, Duration long_enough) {
  Series series;
  for (std::size_t run = 0; run < runs.size(); ++run)
    for (std::size_t i = 0; i < runs[run].size(); ++i) {
      const Gap& gap = runs[run][i];
      const bool anew = gap.after > Duration::zero() && gap.after >= long_enough;
      if (i == 0 || anew) {
        series.gaps.emplace_back();
        series.begins.emplace_back(run, i);
      }
      series.gaps.back().push_back(gap);
    }
  return series;
}

// First as if none began anew.
std::vector<Series> all_ways(std::span<const Gaps> runs) {
  std::set<Duration, std::greater<>> times;
  for (const Gaps& gaps : runs)
    for (const Gap& gap : gaps)
      if (gap.after > Duration::zero()) times.insert(gap.after);
  std::vector<Series> ways{split(runs, forever)};
  for (const Duration time : times)
    if (ways.size() < most_ways) ways.push_back(split(runs, time));
  if (times.size() >= most_ways) ways.back() = split(runs, *times.rbegin());
  return ways;
}

// Yes where one way says so; no where all do.
template <class Found>
bool is_better(const Found& found, const Found& best) {
  const auto rank = [](Answer answer) {
    switch (answer) {
      case Answer::no:
        return 0;
      case Answer::cannot_tell:
        return 1;
      case Answer::yes:
        return 2;
    }
    return 0;
  };
  return rank(found.answer) > rank(best.answer);
}

}  // namespace

Growth grows_in_series(std::span<const Gaps> runs) {
  std::optional<Growth> best;
  for (const Series& way : all_ways(runs)) {
    const Growth growth = grows(way.gaps);
    if (!best || is_better(growth, *best)) best = growth;
  }
  return *best;
}

CurveFit fits_in_series(const Policy& policy, std::span<const Gaps> runs) {
  std::optional<CurveFit> best;
  for (const Series& way : all_ways(runs)) {
    CurveFit fit = fits(policy, way.gaps);
    if (fit.misfit && *fit.misfit != Misfit::too_short_together) {
      const auto [run, begin] = way.begins.at(fit.run);
      fit.run = run;
      fit.gap += begin;
    }
    // Of ways that are wrong, the one that gets furthest tells most.
    const bool further = best && fit.answer == best->answer && fit.answer == Answer::no &&
                         std::pair(fit.run, fit.gap) > std::pair(best->run, best->gap);
    if (!best || further || is_better(fit, *best)) best = fit;
  }
  return *best;
}

}  // namespace halfopen::judge
