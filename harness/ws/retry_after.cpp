#include "ws/retry_after.h"

#include <algorithm>
#include <charconv>

#include "base/calendar.h"
#include "ws/headers.h"

namespace halfopen::ws {
namespace {

constexpr std::int64_t longest = std::int64_t{366} * 24 * 3600;

bool is_digits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return '0' <= c && c <= '9'; });
}

}  // namespace

std::optional<Duration> parse_retry_after(std::string_view value, std::int64_t now) {
  const std::string_view text = trimmed(value);
  std::int64_t wait = longest;
  if (is_digits(text)) {
    // A number that does not fit is a very long time.
    (void)std::from_chars(text.data(), text.data() + text.size(), wait);
  } else if (const auto date = parse_http_date(text)) {
    wait = *date - now;
  } else {
    return std::nullopt;
  }
  return std::chrono::seconds(std::clamp(wait, std::int64_t{0}, longest));
}

}  // namespace halfopen::ws
