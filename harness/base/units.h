// How people write quantities: durations, ranges, shares, rates and sizes. One grammar for
// scenarios, the command line, messages and reports.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/range.h"
#include "base/time.h"

namespace halfopen {

/// What a parser says of a text: the value, or why it is none (a whole sentence with the remedy).
template <class T>
struct Parsed {
  std::optional<T> value;
  std::string problem;  ///< Empty if there is a value.

  explicit operator bool() const { return value.has_value(); }
};

/// "250ms", "2s", "1m30s", "1.5s", "40us", "2h", "0". Units: us, ms, s, m, h. Never negative.
[[nodiscard]] Parsed<Duration> parse_duration(std::string_view text);
/// "1s..3s", "..10s", "3s..", "2s" (exactly). An empty range (lo > hi) is a problem.
[[nodiscard]] Parsed<DurationRange> parse_duration_range(std::string_view text);
/// "3..5", "..10", "3..", "4". Not negative.
[[nodiscard]] Parsed<CountRange> parse_count_range(std::string_view text);
/// "1MiB..64MiB", "..64MiB", "1MiB..", "64KiB".
[[nodiscard]] Parsed<SizeRange> parse_size_range(std::string_view text);
/// "3%", "0.5%": a share from 0 to 1.
[[nodiscard]] Parsed<double> parse_share(std::string_view text);
/// "2Mbit/s", "56kbit/s", "1Gbit/s", "500bit/s", "125KB/s", "1MB/s": bits per second, above zero.
[[nodiscard]] Parsed<double> parse_rate(std::string_view text);
/// "64KiB", "1MiB", "1500B", "10kB", "1500": bytes.
[[nodiscard]] Parsed<std::uint64_t> parse_size(std::string_view text);

/// The shortest usual form: "250ms", "1.5s", "1m30s", "40us". Rounded to three digits or so for
/// reading; parse_duration reads it back.
[[nodiscard]] std::string format(Duration duration);
/// "1s..3s", "..10s", "3s..", "2s".
[[nodiscard]] std::string format(const DurationRange& range);
/// "3..5", "..10", "3..", "4".
[[nodiscard]] std::string format(const CountRange& range);
/// "1MiB..64MiB", "..64MiB", "1MiB..", "64KiB".
[[nodiscard]] std::string format(const SizeRange& range);
[[nodiscard]] std::string format_share(double share);
[[nodiscard]] std::string format_rate(double bits_per_second);
[[nodiscard]] std::string format_size(std::uint64_t bytes);

}  // namespace halfopen
