// Where chance ends for growth.cpp, found by simulation (CURVES.md).
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <span>

namespace halfopen::judge::curves {

struct Limit {
  std::size_t gaps;
  double value;
};

/// The limit for the largest number of gaps that is not above `gaps`.
inline double limit(std::span<const Limit> limits, std::size_t gaps, double below) {
  double value = below;
  for (const Limit& row : limits)
    if (row.gaps <= gaps) value = row.value;
  return value;
}

/// How close the gaps of a usual curve come to each other: the longest by the shortest, as a
/// logarithm, is below this in less than 1 of 10,000 runs of the kind of curve that comes closest.
/// From 24 gaps on it is that of a constant delay ± 50 %.
inline constexpr std::array<Limit, 12> closeness{{{3, 0.005},
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
inline constexpr double close_in_one_run = 0.8;

/// The same for how close they come to a curve that begins anew.
inline constexpr std::array<Limit, 9> closeness_to_sawtooth{{{4, 0.004},
                                                             {5, 0.02},
                                                             {6, 0.06},
                                                             {7, 0.11},
                                                             {8, 0.15},
                                                             {10, 0.24},
                                                             {13, 0.35},
                                                             {16, 0.45},
                                                             {24, 0.6}}};

/// The same where one gap may be longer than that by `late_once`, in less than 1 of 50,000 runs.
inline constexpr std::array<Limit, 4> closeness_but_for_one{
    {{6, 0.025}, {7, 0.07}, {8, 0.11}, {10, 0.2}}};
/// In seconds: a machine that is busy keeps a client waiting.
inline constexpr double late_once = 0.05;

/// The step up (see `step`) that a constant delay ± 50 % shows in 1 of 1,000 runs. Two gaps: that
/// of 1 by 1.8, which it shows in 1 of 10.
inline constexpr std::array<Limit, 11> step_by_chance{{{2, 0.415},
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
inline constexpr std::array<Limit, 9> slope_by_chance{{{3, 0.742},
                                                       {4, 0.81},
                                                       {5, 0.85},
                                                       {6, 0.87},
                                                       {7, 0.88},
                                                       {8, 0.89},
                                                       {10, 0.91},
                                                       {13, 0.92},
                                                       {16, 0.95}}};
/// How close to an exponential curve a constant delay comes in 1 of 200 runs, whatever its jitter.
inline constexpr std::array<Limit, 4> evenness{{{3, 0.0095}, {4, 0.08}, {5, 0.18}, {6, 0.3}}};

/// By how many standard deviations the normal law is exceeded in less than 1 of 30,000 cases.
inline constexpr double beyond_chance = 4;

inline const double jitter_of_half = std::log(3.0);  ///< The most that ± 50 % explains: 1.5 by 0.5.

}  // namespace halfopen::judge::curves
