// What speaks against growth, and what for it. `behind` is the same sample as `all`, without the
// first gaps.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "judge/growth_sample.h"

namespace halfopen::judge::curves {

// Against: growth_against.cpp.
/// Below what a usual curve comes to by chance: the longest gap by the shortest, as a logarithm.
[[nodiscard]] double closeness_limit(const Sample& sample);
[[nodiscard]] bool constant(const Sample& sample);
[[nodiscard]] bool constant_behind_first(const Sample& all, const Sample& behind);
[[nodiscard]] bool hot(std::span<const Gaps> runs);
/// The period of the sawtooth that the gaps are close to.
[[nodiscard]] std::optional<std::size_t> period(const Sample& sample);
[[nodiscard]] bool flat(const Sample& all, const Sample& behind);

// For: growth_for.cpp.
[[nodiscard]] bool steps_up(const Sample& all, const Sample& behind);
[[nodiscard]] bool exponential(const Sample& sample);
/// No constant delay does that, even with full jitter.
[[nodiscard]] bool proven(const Sample& all, const Sample& behind);

}  // namespace halfopen::judge::curves
