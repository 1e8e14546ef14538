#include "base/units.h"

#include <fmt/format.h>

#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <span>

namespace halfopen {
namespace {

struct Unit {
  std::string_view name;
  double factor;
};

constexpr std::array<Unit, 5> duration_units{
    {{"us", 1e3}, {"ms", 1e6}, {"s", 1e9}, {"m", 60e9}, {"h", 3600e9}}};
constexpr std::array<Unit, 8> rate_units{{{"bit/s", 1},
                                          {"kbit/s", 1e3},
                                          {"Mbit/s", 1e6},
                                          {"Gbit/s", 1e9},
                                          {"B/s", 8},
                                          {"KB/s", 8e3},
                                          {"kB/s", 8e3},
                                          {"MB/s", 8e6}}};
constexpr std::array<Unit, 7> size_units{{{"B", 1},
                                          {"kB", 1e3},
                                          {"KiB", 1024},
                                          {"MB", 1e6},
                                          {"MiB", 1024.0 * 1024},
                                          {"GiB", 1024.0 * 1024 * 1024},
                                          {"", 1}}};
/// Durations beyond this are a slip, and would overflow when added to.
constexpr double longest = 1e9 * 3600 * 24 * 365;

/// Takes a plain decimal number off the front of `text`.
std::optional<double> take_number(std::string_view& text) {
  if (text.empty() || !std::isdigit(static_cast<unsigned char>(text[0]))) return std::nullopt;
  double value = 0;
  const auto [end, failed] =
      std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  if (failed != std::errc{}) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

std::string_view take_letters(std::string_view& text) {
  std::size_t n = 0;
  while (n < text.size() && std::isalpha(static_cast<unsigned char>(text[n]))) ++n;
  const std::string_view word = text.substr(0, n);
  text.remove_prefix(n);
  return word;
}

const Unit* find(std::span<const Unit> units, std::string_view name) {
  for (const Unit& unit : units)
    if (unit.name == name) return &unit;
  return nullptr;
}

template <class T>
Parsed<T> bad(std::string_view text, std::string_view form) {
  return {std::nullopt, fmt::format("`{}` is not {}", text, form)};
}

std::string number(double value) {
  std::string text = fmt::format("{:.3f}", value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

/// Splits "a..b" and parses both ends; one value without ".." is the range of just that value.
template <class T, class ParseOne>
Parsed<Range<T>> parse_range(std::string_view text, T lowest, T highest, ParseOne parse_one) {
  const std::size_t dots = text.find("..");
  if (dots == std::string_view::npos) {
    const auto one = parse_one(text);
    if (!one) return {std::nullopt, one.problem};
    return {Range<T>{*one.value, *one.value}, ""};
  }
  Range<T> range{lowest, highest};
  const std::string_view lo = text.substr(0, dots);
  const std::string_view hi = text.substr(dots + 2);
  if (lo.empty() && hi.empty()) return bad<Range<T>>(text, "a range: give at least one end");
  for (const auto& [end, target] : {std::pair{lo, &range.lo}, std::pair{hi, &range.hi}}) {
    if (end.empty()) continue;
    const auto one = parse_one(end);
    if (!one) return {std::nullopt, one.problem};
    *target = *one.value;
  }
  if (range.lo > range.hi)
    return {std::nullopt,
            fmt::format("the range `{}` is empty: its lower end comes after its upper end", text)};
  return {range, ""};
}

Parsed<double> parse_quantity(std::string_view text, std::span<const Unit> units,
                              std::string_view form) {
  std::string_view rest = text;
  const auto value = take_number(rest);
  const Unit* unit = find(units, rest);
  if (!value || unit == nullptr) return bad<double>(text, form);
  return {*value * unit->factor, ""};
}

}  // namespace

Parsed<Duration> parse_duration(std::string_view text) {
  constexpr std::string_view form =
      "a duration: write a number with its unit (us, ms, s, m or h), like \"250ms\" or \"1m30s\"";
  if (text == "0") return {Duration::zero(), ""};
  double total = 0;
  std::string_view rest = text;
  do {
    const auto value = take_number(rest);
    const Unit* unit = find(duration_units, take_letters(rest));
    if (!value || unit == nullptr) return bad<Duration>(text, form);
    total += *value * unit->factor;
  } while (!rest.empty());
  if (total > longest) return bad<Duration>(text, "a sensible duration: the limit is one year");
  return {Duration(std::llround(total)), ""};
}

Parsed<DurationRange> parse_duration_range(std::string_view text) {
  return parse_range<Duration>(text, Duration::zero(), forever, parse_duration);
}

Parsed<CountRange> parse_count_range(std::string_view text) {
  return parse_range<int>(text, 0, no_limit, [](std::string_view one) -> Parsed<int> {
    int value = 0;
    const auto [end, failed] = std::from_chars(one.data(), one.data() + one.size(), value);
    if (one.empty() || failed != std::errc{} || end != one.data() + one.size() || value < 0)
      return bad<int>(one, "a count: write a whole number like \"4\", or a range like \"3..5\"");
    return {value, ""};
  });
}

Parsed<double> parse_share(std::string_view text) {
  constexpr std::string_view form = "a share: write a percentage from 0% to 100%, like \"3%\"";
  std::string_view rest = text;
  const auto value = take_number(rest);
  if (!value || rest != "%" || *value > 100) return bad<double>(text, form);
  return {*value / 100, ""};
}

Parsed<double> parse_rate(std::string_view text) {
  constexpr std::string_view form =
      "a rate: write bits or bytes a second above zero, like \"2Mbit/s\", \"56kbit/s\" or "
      "\"1MB/s\"";
  auto parsed = parse_quantity(text, rate_units, form);
  if (parsed && *parsed.value <= 0) return bad<double>(text, form);
  return parsed;
}

Parsed<std::uint64_t> parse_size(std::string_view text) {
  constexpr std::string_view form = "a size: write bytes, like \"64KiB\", \"1MB\" or \"1500B\"";
  const auto parsed = parse_quantity(text, size_units, form);
  if (!parsed) return {std::nullopt, parsed.problem};
  if (*parsed.value > 1e15) return bad<std::uint64_t>(text, "a sensible size");
  return {static_cast<std::uint64_t>(std::llround(*parsed.value)), ""};
}

Parsed<SizeRange> parse_size_range(std::string_view text) {
  return parse_range<std::uint64_t>(text, 0, no_size_limit, parse_size);
}

std::string format(Duration duration) {
  if (duration == forever) return "forever";
  if (duration < Duration::zero()) return "-" + format(-duration);
  const auto ns = static_cast<double>(duration.count());
  if (ns == 0) return "0s";
  if (ns < 999.5e3) return number(std::round(ns) / 1e3) + "us";
  if (ns < 999.5e6) return number(std::round(ns / 1e3) / 1e3) + "ms";
  if (ns < 59.9995e9) return number(ns / 1e9) + "s";
  const double seconds = ns / 1e9;
  const double minutes = std::floor(seconds / 60 + 1e-9);
  const std::string rest = number(std::max(0.0, seconds - minutes * 60));
  const std::string tail = rest == "0" ? "" : rest + "s";
  if (minutes < 60) return number(minutes) + "m" + tail;
  const double hours = std::floor(minutes / 60);
  const double left = minutes - hours * 60;
  return number(hours) + "h" + (left == 0 ? "" : number(left) + "m") + tail;
}

std::string format(const DurationRange& range) {
  if (range.lo == range.hi) return format(range.lo);
  return (range.lo == Duration::zero() && range.hi != forever ? "" : format(range.lo)) + ".." +
         (range.hi == forever ? "" : format(range.hi));
}

std::string format(const CountRange& range) {
  if (range.lo == range.hi) return std::to_string(range.lo);
  return (range.lo == 0 ? "" : std::to_string(range.lo)) + ".." +
         (range.hi == no_limit ? "" : std::to_string(range.hi));
}

std::string format(const SizeRange& range) {
  if (range.lo == range.hi) return format_size(range.lo);
  return (range.lo == 0 ? "" : format_size(range.lo)) + ".." +
         (range.hi == no_size_limit ? "" : format_size(range.hi));
}

std::string format_share(double share) { return number(share * 100) + "%"; }

std::string format_rate(double bits_per_second) {
  if (bits_per_second >= 1e9) return number(bits_per_second / 1e9) + "Gbit/s";
  if (bits_per_second >= 1e6) return number(bits_per_second / 1e6) + "Mbit/s";
  if (bits_per_second >= 1e3) return number(bits_per_second / 1e3) + "kbit/s";
  return number(bits_per_second) + "bit/s";
}

std::string format_size(std::uint64_t bytes) {
  if (bytes >= 1024 * 1024 && bytes % (1024 * 1024) == 0)
    return std::to_string(bytes / (1024 * 1024)) + "MiB";
  if (bytes >= 1024 && bytes % 1024 == 0) return std::to_string(bytes / 1024) + "KiB";
  return std::to_string(bytes) + "B";
}

}  // namespace halfopen
