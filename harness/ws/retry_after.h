// Retry-After (RFC 9110, section 10.2.3): how long a server asks a client to wait.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/time.h"

namespace halfopen::ws {

/// How long to wait from `now` on (seconds since 1970, UTC), by either form of the value; a date
/// that is past is no wait. None if it is neither form. At most a year.
[[nodiscard]] std::optional<Duration> parse_retry_after(std::string_view value, std::int64_t now);

}  // namespace halfopen::ws
