#include "judge/curve_fit.h"

#include <algorithm>
#include <cmath>

namespace halfopen::judge {
namespace {

using Seconds = std::chrono::duration<double>;

/// Of each of the two tests that look at all gaps together.
constexpr double rare = 5e-5;

double seconds(Duration duration) { return Seconds(duration).count(); }

Duration from_seconds(double seconds) {
  constexpr double longest = 1e9;  // Some 30 years: a capless curve overflows soon.
  return std::chrono::duration_cast<Duration>(Seconds(std::min(seconds, longest)));
}

double cap_of(const Policy& policy) { return policy.cap ? seconds(*policy.cap) : 1e9; }

/// Without jitter, in seconds.
double delay(const Policy& policy, std::size_t index) {
  return std::min(cap_of(policy),
                  seconds(policy.base) * std::pow(policy.factor, static_cast<double>(index)));
}

struct Span {
  double least = 0;
  double most = 0;
};

/// What the delay may be, in seconds, by its index and the gap before it.
Span promised(const Policy& policy, std::size_t index, const Gap* before) {
  const double delay = judge::delay(policy, index);
  switch (policy.jitter) {
    case Policy::Jitter::none:
      return {delay, delay};
    case Policy::Jitter::share:
      return {delay * (1 - policy.share), delay * (1 + policy.share)};
    case Policy::Jitter::equal:
      return {delay / 2, delay};
    case Policy::Jitter::full:
      return {0, delay};
    case Policy::Jitter::decorrelated: {
      const double base = seconds(policy.base);
      const double last = before == nullptr ? base : std::max(base, seconds(before->most()));
      return {std::min(base, cap_of(policy)), std::min(cap_of(policy), policy.factor * last)};
    }
  }
  return {};
}

DurationRange allowed(const Span& span, const Tolerance& tolerance) {
  const Duration least = from_seconds(span.least * (1 - tolerance.share)) - tolerance.early;
  return {std::max(Duration::zero(), least),
          from_seconds(span.most * (1 + tolerance.share)) + tolerance.late};
}

const Gap* before(const Gaps& gaps, std::size_t index) {
  return index == 0 ? nullptr : &gaps[index - 1];
}

/// Whether that gap is wrong by itself.
std::optional<Misfit> misfit(const Policy& policy, const Gap& gap, const DurationRange& allowed,
                             const Tolerance& tolerance) {
  if (gap.most() < allowed.lo) return Misfit::too_short;
  if (gap.least() <= allowed.hi) return {};
  const double share = policy.jitter == Policy::Jitter::share ? policy.share : 0;
  const Span at_cap{0, cap_of(policy) * (1 + share)};
  return gap.least() > judge::allowed(at_cap, tolerance).hi ? Misfit::beyond_cap : Misfit::too_long;
}

bool misfits(const Policy& policy, std::span<const Gaps> runs, const Tolerance& tolerance,
             CurveFit& fit) {
  for (std::size_t run = 0; run < runs.size(); ++run)
    for (std::size_t i = 0; i < runs[run].size(); ++i) {
      fit.allowed = allowed(promised(policy, i, before(runs[run], i)), tolerance);
      fit.misfit = misfit(policy, runs[run][i], fit.allowed, tolerance);
      if (!fit.misfit) continue;
      fit.run = run;
      fit.gap = i;
      return true;
    }
  fit.allowed = {};
  return false;
}

// ── all gaps together ────────────────────────────────────────────────────────────────────────

/// How far up in its range the gap lies at most: 0 to 1, each equally likely.
double share_of_range(const Policy& policy, const Gaps& gaps, std::size_t index,
                      const Tolerance& tolerance) {
  const double gap = seconds(gaps[index].most());
  if (policy.jitter == Policy::Jitter::full) return std::min(1.0, gap / delay(policy, index));
  // What the draw was is not to be seen once the cap was applied.
  if (gap >= cap_of(policy) * (1 - tolerance.share)) return 1;
  const double base = seconds(policy.base);
  const Duration last = index == 0 ? policy.base : gaps[index - 1].least() - tolerance.late;
  const double width = policy.factor * std::max(base, seconds(last)) - base;
  return width <= 0 ? 1 : std::clamp((gap - base) / width, 0.0, 1.0);
}

/// Of all gaps to be no further up in their ranges than the one that is furthest.
double chance_by_share(const Policy& policy, std::span<const Gaps> runs,
                       const Tolerance& tolerance) {
  double most = 0;
  double number = 0;
  for (const Gaps& gaps : runs)
    for (std::size_t i = 0; i < gaps.size(); ++i) {
      most = std::max(most, share_of_range(policy, gaps, i, tolerance));
      ++number;
    }
  return std::pow(most, number);
}

/// Of all gaps with full jitter to be no longer than the longest.
double chance_by_length(const Policy& policy, std::span<const Gaps> runs) {
  double most = 0;
  for (const Gaps& gaps : runs)
    for (const Gap& gap : gaps) most = std::max(most, seconds(gap.most()));
  double chance = 1;
  for (const Gaps& gaps : runs)
    for (std::size_t i = 0; i < gaps.size(); ++i) chance *= std::min(1.0, most / delay(policy, i));
  return chance;
}

double chance_together(const Policy& policy, std::span<const Gaps> runs,
                       const Tolerance& tolerance) {
  switch (policy.jitter) {
    case Policy::Jitter::none:
    case Policy::Jitter::share:
    case Policy::Jitter::equal:
      return 1;
    case Policy::Jitter::full:
      return std::min(chance_by_share(policy, runs, tolerance), chance_by_length(policy, runs));
    case Policy::Jitter::decorrelated:
      return chance_by_share(policy, runs, tolerance);
  }
  return 1;
}

// ── yes ──────────────────────────────────────────────────────────────────────────────────────

/// Whether the ranges of two gaps of a run are so far apart that only a curve that grows is in
/// both; of a curve whose ranges never part, three gaps will do.
bool ranges_part(const Policy& policy, std::span<const Gaps> runs, const Tolerance& tolerance) {
  const DurationRange first = allowed(promised(policy, 0, nullptr), tolerance);
  constexpr std::size_t far = 1000;
  const bool ever = allowed(promised(policy, far, nullptr), tolerance).lo > first.hi;
  return std::any_of(runs.begin(), runs.end(), [&](const Gaps& gaps) {
    if (gaps.empty() || gaps.front().at_most) return false;
    if (!ever) return gaps.size() >= 3;
    for (std::size_t i = 1; i < gaps.size(); ++i)
      if (!gaps[i].at_most && allowed(promised(policy, i, nullptr), tolerance).lo > first.hi)
        return true;
    return false;
  });
}

bool convinces(const Policy& policy, std::span<const Gaps> runs, const Tolerance& tolerance) {
  switch (policy.jitter) {
    case Policy::Jitter::none:
    case Policy::Jitter::share:
    case Policy::Jitter::equal:
      return ranges_part(policy, runs, tolerance);
    case Policy::Jitter::full:
    case Policy::Jitter::decorrelated:
      return grows(runs).proven;
  }
  return false;
}

}  // namespace

CurveFit fits(const Policy& policy, std::span<const Gaps> runs, const Tolerance& tolerance) {
  CurveFit fit;
  if (misfits(policy, runs, tolerance, fit)) {
    fit.answer = Answer::no;
    return fit;
  }
  fit.chance = chance_together(policy, runs, tolerance);
  if (fit.chance < rare) {
    fit.answer = Answer::no;
    fit.misfit = Misfit::too_short_together;
  } else if (convinces(policy, runs, tolerance)) {
    fit.answer = Answer::yes;
  }
  return fit;
}

}  // namespace halfopen::judge
