// How times, ends and names are said in verdicts and reports.
#pragma once

#include <string>
#include <string_view>

#include "judge/timeline.h"

namespace halfopen::judge {

/// A length of time for reading: "120 ms", "4.98 s".
[[nodiscard]] std::string span(Duration duration);
/// A moment of the run: always in seconds, "3.10 s".
[[nodiscard]] std::string moment(Duration since_start);
/// "1 attempt", "3 attempts".
[[nodiscard]] std::string count_of(std::size_t count, std::string_view what);
/// How the end looked to the client: "by RST", "by Close 1001", "by HTTP 503"; "by a middlebox's
/// RST", which looks like the server's.
[[nodiscard]] std::string way_of(const trace::EndVisible& end);
/// "attempt 2 ended at 3.10 s by RST", or why that is not known.
[[nodiscard]] std::string ending(const AttemptView& attempt);
/// Whether two names of header fields are the same, in any case (RFC 9110, section 5.1).
[[nodiscard]] bool same_name(std::string_view a, std::string_view b);

}  // namespace halfopen::judge
