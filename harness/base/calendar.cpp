#include "base/calendar.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

namespace halfopen {
namespace {

using namespace std::chrono;

constexpr std::array<std::string_view, 7> weekdays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/// Digits of a fixed place in a text; clears `ok` if there is anything else.
int digits(std::string_view text, std::size_t at, std::size_t count, bool& ok) {
  int number = 0;
  const char* end = text.data() + at + count;
  const auto [stop, failure] = std::from_chars(text.data() + at, end, number);
  ok = ok && failure == std::errc{} && stop == end && number >= 0;
  return number;
}

/// Whether `text` has the letters of `form` where that has any; '0' stands for a digit.
bool fits(std::string_view text, std::string_view form) {
  return text.size() == form.size() &&
         std::equal(text.begin(), text.end(), form.begin(), [](char c, char wanted) {
           return wanted == '0' ? '0' <= c && c <= '9' : wanted == '?' || c == wanted;
         });
}

std::optional<std::int64_t> moment(const year_month_day& day, std::string_view clock, bool ok) {
  const int hour = digits(clock, 0, 2, ok);
  const int minute = digits(clock, 3, 2, ok);
  const int second = digits(clock, 6, 2, ok);
  if (!ok || !day.ok() || hour > 23 || minute > 59 || second > 60) return std::nullopt;
  const auto time = sys_days(day) + hours(hour) + minutes(minute) + seconds(second);
  return duration_cast<seconds>(time.time_since_epoch()).count();
}

}  // namespace

std::string http_date(std::int64_t since_1970) {
  const sys_seconds time{seconds(since_1970)};
  const auto midnight = floor<days>(time);
  const year_month_day day{midnight};
  const hh_mm_ss clock{time - midnight};
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT",
                     weekdays.at(weekday(midnight).c_encoding()), static_cast<unsigned>(day.day()),
                     months.at(static_cast<unsigned>(day.month()) - 1),
                     static_cast<int>(day.year()), clock.hours().count(), clock.minutes().count(),
                     clock.seconds().count());
}

std::optional<std::int64_t> parse_http_date(std::string_view text) {
  if (!fits(text, "???, 00 ??? 0000 00:00:00 GMT")) return std::nullopt;
  const auto* month_name = std::find(months.begin(), months.end(), text.substr(8, 3));
  if (month_name == months.end()) return std::nullopt;
  bool ok = true;
  const auto number = static_cast<unsigned>(month_name - months.begin()) + 1;
  const year_month_day day{year(digits(text, 12, 4, ok)), month(number),
                           std::chrono::day(static_cast<unsigned>(digits(text, 5, 2, ok)))};
  return moment(day, text.substr(17, 8), ok);
}

std::string timestamp(std::int64_t since_1970) {
  const sys_seconds time{seconds(since_1970)};
  const auto midnight = floor<days>(time);
  const year_month_day day{midnight};
  const hh_mm_ss clock{time - midnight};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(day.year()),
                     static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

std::string exact_timestamp(Duration since_1970) {
  const auto whole = floor<seconds>(since_1970);
  std::string text = timestamp(whole.count());
  text.pop_back();
  const auto rest = duration_cast<microseconds>(since_1970 - whole);
  return text + fmt::format(".{:06}Z", rest.count());
}

std::optional<std::int64_t> parse_timestamp(std::string_view text) {
  if (!fits(text, "0000-00-00T00:00:00Z") && !fits(text, "0000-00-00T00:00:00.000000Z"))
    return std::nullopt;
  bool ok = true;
  const year_month_day day{year(digits(text, 0, 4, ok)),
                           month(static_cast<unsigned>(digits(text, 5, 2, ok))),
                           std::chrono::day(static_cast<unsigned>(digits(text, 8, 2, ok)))};
  return moment(day, text.substr(11, 8), ok);
}

}  // namespace halfopen
