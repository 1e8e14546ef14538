// Do the gaps between attempts follow the curve that was promised? Base, factor, cap and kind of
// jitter are known, so that each gap has a range of its own, and one outside of it is wrong for
// certain. CURVES.md has the figures; tests/judge/curve_fit_test.cpp asserts them.
//
// Full and decorrelated jitter promise little of a single gap. What they do promise is that not all
// are short: n gaps of full jitter from delays d1 … dn are all at most m with the probability Π
// min(1, m / di), and if that is below 1 in 20,000 the curve is not kept. Seven gaps of such a
// client cannot prove that it does right; several runs together can.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "base/range.h"
#include "base/time.h"
#include "judge/growth.h"

namespace halfopen::judge {

/// Delay i is d = min(cap, base · factor^i), with jitter.
struct Policy {
  enum class Jitter {
    none,
    share,         ///< d ± share of it, before or after the cap was applied.
    equal,         ///< From d / 2 to d.
    full,          ///< From 0 to d.
    decorrelated,  ///< From base to factor times the delay before (at first: the base), at most
                   ///< cap. 3 as a rule (Brooker, "Exponential Backoff And Jitter", 2015).
  };
  Duration base{};
  double factor = 2;
  std::optional<Duration> cap;
  Jitter jitter = Jitter::none;
  double share = 0;  ///< From 0 to 1.
};

/// What a gap may be beside its delay: timers strike a little early, clients need time to dial.
struct Tolerance {
  double share = 0.02;  ///< Of the delay, to both sides.
  Duration early = std::chrono::milliseconds{5};
  Duration late = std::chrono::milliseconds{100};
};

enum class Misfit {
  too_short,
  too_long,
  beyond_cap,
  too_short_together,  ///< Each could be; all of them by chance in less than 1 of 10,000 runs.
};

struct CurveFit {
  Answer answer = Answer::cannot_tell;
  std::optional<Misfit> misfit;  ///< Set if the answer is no.
  std::size_t run = 0;           ///< Where: the run and its gap, by index (not if together).
  std::size_t gap = 0;
  DurationRange allowed{};  ///< For that gap, with tolerance.
  double chance = 1;        ///< Of gaps as short as these, together.
};

/// Answers no if a gap is certainly outside of its range, or all are shorter than chance explains;
/// yes if none is and the gaps seen are so far apart that they belong to a curve that grows; else
/// cannot tell. A gap counts from the beginning of the curve: the caller leaves out runs that were
/// cut up.
[[nodiscard]] CurveFit fits(const Policy& policy, std::span<const Gaps> runs,
                            const Tolerance& tolerance = {});

}  // namespace halfopen::judge
