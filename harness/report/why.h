// One run told as a story, for somebody who asks why it failed.
#pragma once

#include <string>

#include "report/report.h"

namespace halfopen::report {

/// What was asked (with the scenario's own line), what was seen, what led to it, the client's last
/// error, what that means for the application's users, and the command that repeats it. Of a run
/// that did not fail: how it went, in short. Many lines; the result must have its events.
[[nodiscard]] std::string why(const Result& result, const Style& style);

}  // namespace halfopen::report
