#include "judge/measure.h"

#include <algorithm>
#include <cstdlib>

namespace halfopen::judge {
namespace {

std::int64_t microseconds(Duration duration) {
  return std::chrono::duration_cast<std::chrono::microseconds>(duration).count();
}

}  // namespace

std::int64_t Measure::margin() const {
  if (!one_of.empty()) {
    std::int64_t nearest = std::abs(value - one_of.front());
    for (const std::int64_t each : one_of) nearest = std::min(nearest, std::abs(value - each));
    return nearest;
  }
  if (value < lowest) return lowest - value;
  return highest && value > *highest ? value - *highest : 0;
}

std::string_view name_of(Measure::Unit unit) {
  switch (unit) {
    case Measure::Unit::count:
      return "count";
    case Measure::Unit::microseconds:
      return "us";
    case Measure::Unit::bytes:
      return "bytes";
    case Measure::Unit::code:
      return "code";
  }
  return "";
}

Measure measured(const DurationRange& range, Duration value, Duration tolerance) {
  Measure measure{Measure::Unit::microseconds, microseconds(range.lo), std::nullopt,
                  microseconds(value), microseconds(tolerance)};
  if (range.hi != forever) measure.highest = microseconds(range.hi);
  return measure;
}

Measure measured(const CountRange& range, int value) {
  Measure measure{Measure::Unit::count, range.lo, std::nullopt, value, 0};
  if (range.hi != no_limit) measure.highest = range.hi;
  return measure;
}

Measure measured(const SizeRange& range, std::uint64_t value) {
  Measure measure{Measure::Unit::bytes, static_cast<std::int64_t>(range.lo), std::nullopt,
                  static_cast<std::int64_t>(value), 0};
  if (range.hi != no_size_limit) measure.highest = static_cast<std::int64_t>(range.hi);
  return measure;
}

Measure measured(const std::vector<int>& codes, int value) {
  const auto [lowest, highest] = std::ranges::minmax(codes);
  Measure measure{Measure::Unit::code, lowest, highest, value, 0};
  if (codes.size() > 1) measure.one_of.assign(codes.begin(), codes.end());
  return measure;
}

void keep_largest(std::optional<Measure>& largest, const Measure& measure) {
  if (!largest || measure.value > largest->value) largest = measure;
}

}  // namespace halfopen::judge
