// Traces as JSON lines: a header record, then one event per line. Times in whole microseconds.
#pragma once

#include <string>
#include <string_view>

#include "trace/event.h"

namespace halfopen::trace {

/// {"halfopen":"trace","format":3,…}
[[nodiscard]] std::string to_line(const Header& header);
/// {"at":1234,"attempt":1,"line":7,"event":"opened",…}; no newline.
[[nodiscard]] std::string to_line(const Event& event);
/// The whole file, each line ended by a newline.
[[nodiscard]] std::string to_text(const Trace& trace);
/// Throws Error("file:line: why") on the first line that is no part of a trace.
[[nodiscard]] Trace read(std::string_view text, const std::string& file);

/// Makes the event what reading it back would give: whole microseconds, well-formed UTF-8. So a
/// live trace and its saved copy are equal, and so are their verdicts.
void tidy(Event& event);

/// The event's name in the trace: "attempt-begins", "opened", …
[[nodiscard]] std::string_view name_of(const Body& body);

}  // namespace halfopen::trace
