// What a step wanted, and what came instead, in words.
#pragma once

#include <string>

#include "trace/event.h"

namespace halfopen::report {

/// "\"hello\" within 2s"
[[nodiscard]] std::string wanted_of(const trace::StepFailed& failed);
/// "`hell`; then the client ended TCP (FIN)"
[[nodiscard]] std::string seen_instead(const trace::StepFailed& failed);

}  // namespace halfopen::report
