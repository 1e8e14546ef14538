// A closed interval, open at either end where the scenario leaves that end out.
#pragma once

#include <cstdint>
#include <limits>

#include "base/time.h"

namespace halfopen {

/// All values v with lo <= v <= hi.
template <class T>
struct Range {
  T lo{};
  T hi{};

  [[nodiscard]] bool contains(const T& value) const { return lo <= value && value <= hi; }
  bool operator==(const Range&) const = default;
};

using DurationRange = Range<Duration>;
using CountRange = Range<int>;
using SizeRange = Range<std::uint64_t>;  ///< Bytes.

inline constexpr int no_limit = std::numeric_limits<int>::max();
inline constexpr std::uint64_t no_size_limit = std::numeric_limits<std::uint64_t>::max();

}  // namespace halfopen
