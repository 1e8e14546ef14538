// What a test of steps says of them: the lines of the trace, and in short those that failed.
#pragma once

#include "play.h"

namespace halfopen::run {

inline const std::string not_lasted =
    "the connection to last until this step and those behind it are done";

/// The line of the trace with which step `index` of attempt 1 begins, or has passed.
std::string begins(int at_ms, int line, int index, const std::string& text);
std::string passed(int at_ms, int line, int index);
std::string failed(int at_ms, int line, int index, const std::string& expected,
                   const std::string& seen);
/// Those of the first attempt that failed, as failed() has them.
Lines failures(const Play& play);

}  // namespace halfopen::run
