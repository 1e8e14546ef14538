// Reads what a client prints: one JSON object per line with an "event" is a report, anything else
// is log.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "scenario/scenario.h"
#include "trace/event.h"

namespace halfopen::run {

/// Whether it begins like a report, which is a JSON object.
[[nodiscard]] bool may_be_report(std::string_view line);
/// The report in a line that a client printed; none if the line is log.
[[nodiscard]] std::optional<trace::ClientEvent> read_report(std::string_view line);

/// {"do":"close","code":1000}: the line that tells a client to do something; no newline. Where the
/// same is told many times, the `nth` line, from 1, has that number behind its text.
[[nodiscard]] std::string to_line(const scenario::Tell& tell, int nth = 1);
/// All that is told, in one line: {"do":"send","text":"hello","times":100,"size":65536}.
[[nodiscard]] std::string in_short(const scenario::Tell& tell);

}  // namespace halfopen::run
