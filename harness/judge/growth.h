// Do the gaps between attempts grow? Judged from the gaps alone, without knowing base, factor, cap
// or kind of jitter. CURVES.md has the reasons and the figures; tests/judge/growth_test.cpp asserts
// them.
//
// A right curve is base · factor^i up to a cap, times jitter; it is called *usual* if its factor is
// 1.3 to 3, its base at least 100 ms, its cap at least 4 times the base (decorrelated: 10 times),
// and its jitter none, full, equal, decorrelated or up to ± 50 %. Its first delay may be 0 or drawn
// at random instead, and each gap may be up to 50 ms longer than the delay was. Of 10,000 such
// curves at most one is answered *no*.
//
// This cannot be had together with finding *every* wrong curve. Seven draws of full jitter at its
// cap lie within a factor of 3 of each other in (2/3)^6 = 9 % of all runs, and then look exactly
// like a constant delay ± 50 %; no rule tells them apart. So *no* is said where the gaps are closer
// to a wrong pattern than full jitter comes by chance, which depends on their number: n gaps lie
// within a factor r of each other with a probability of about (1 - 1/r)^(n - 1). Hence a constant
// delay is found if its jitter is at most ± 14 % with 7 gaps, ± 26 % with 10 and ± 35 % with 13; ±
// 50 % is found in four runs of seven gaps together. Whoever knows more says so by `curve`
// (curve_fit.h), which finds more.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "base/time.h"

namespace halfopen::judge {

/// A gap as it was measured.
struct Gap {
  Duration length{};
  Duration doubt{};      ///< The true length is at most so much more or less.
  bool at_most = false;  ///< The true length is anything from zero to `length`.
  /// How long the connection before it had been open, where it was long enough for a curve to begin
  /// anew (series.h); else zero.
  Duration after{};

  [[nodiscard]] Duration least() const;
  [[nodiscard]] Duration most() const { return length + doubt; }
};

/// The gaps of one run, in order, the first after the first attempt; of several runs: of the same
/// client under the same scenario.
using Gaps = std::vector<Gap>;

enum class Answer { yes, no, cannot_tell };

/// What is wrong with gaps that do not grow.
enum class Stagnation {
  constant,    ///< Always the same delay, with a little jitter at most.
  hot,         ///< No delay worth the name.
  falls_back,  ///< Grows, then begins anew.
  flat,  ///< Of many runs: later gaps are longer than earlier ones no more often than by chance.
};

struct Growth {
  Answer answer = Answer::cannot_tell;
  std::optional<Stagnation> stagnation;  ///< Set if the answer is no.
  /// Where it fell back: the index of the gap that is at the beginning again, of each run.
  std::optional<std::size_t> fell_back_at;
  std::size_t gaps = 0;        ///< How many were looked at: those not known from above only.
  double times = 1;            ///< The longest of them by the shortest.
  double times_by_chance = 1;  ///< As many constant gaps are that close or closer in a usual curve
                               ///< with a probability below 1 in 10,000.
  /// The answer is yes, and no constant delay does that with a probability above 1 in 10,000, even
  /// with full jitter. `growing = false` is broken only then: a yes without it only rules out
  /// constant delays with a jitter of up to ± 50 %.
  bool proven = false;
};

/// Answers yes if the gaps of these runs, taken together, grow as no constant delay with a jitter
/// of up to ± 50 % does in more than 1 of 500 runs (two gaps: 1 of 10), and never fall by more than
/// such jitter explains; no as above; else cannot tell.
[[nodiscard]] Growth grows(std::span<const Gaps> runs);

}  // namespace halfopen::judge
