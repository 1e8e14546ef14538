// The number behind a verdict: what was wanted, and what was measured.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/range.h"

namespace halfopen::judge {

/// A number that was wanted to be in a range.
struct Measure {
  enum class Unit { count, microseconds, bytes, code };
  Unit unit = Unit::count;
  std::int64_t lowest = 0;              ///< Of the range, inclusive …
  std::optional<std::int64_t> highest;  ///< … none: without an end.
  std::int64_t value = 0;               ///< What was measured.
  /// By how much halfopen's own lateness may have moved it.
  std::int64_t tolerance = 0;
  /// The only values that would do, where they are several that make no range.
  std::vector<std::int64_t> one_of{};

  /// How far it is from the nearest value that would do; 0: it is one.
  [[nodiscard]] std::int64_t margin() const;
};
/// "us" for microseconds.
[[nodiscard]] std::string_view name_of(Measure::Unit unit);

/// The measure of a time, of a count, of bytes, of a code.
[[nodiscard]] Measure measured(const DurationRange& range, Duration value, Duration tolerance = {});
[[nodiscard]] Measure measured(const CountRange& range, int value);
[[nodiscard]] Measure measured(const SizeRange& range, std::uint64_t value);
[[nodiscard]] Measure measured(const std::vector<int>& codes, int value);
/// Of several the one with the largest value.
void keep_largest(std::optional<Measure>& largest, const Measure& measure);

}  // namespace halfopen::judge
