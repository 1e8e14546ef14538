// Moments of the wall clock as seconds since 1970 (UTC), and how HTTP and traces write them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace halfopen {

/// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110, section 5.6.7: IMF-fixdate).
[[nodiscard]] std::string http_date(std::int64_t seconds);

/// The reverse; none for anything else. The obsolete forms of a date are not read.
[[nodiscard]] std::optional<std::int64_t> parse_http_date(std::string_view text);

/// "1994-11-06T08:49:37Z" (RFC 3339).
[[nodiscard]] std::string timestamp(std::int64_t seconds);
/// "1994-11-06T08:49:37.250000Z", as traces have it, of a time since 1970.
[[nodiscard]] std::string exact_timestamp(Duration since_1970);

/// The reverse of both, without the fraction; none for anything else.
[[nodiscard]] std::optional<std::int64_t> parse_timestamp(std::string_view text);

}  // namespace halfopen
