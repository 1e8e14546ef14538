// Words as a shell reads them.
#pragma once

#include <string>

namespace halfopen::report {

/// The word as it is where a shell takes it for one, else in quotes. Nothing in it reaches a
/// terminal as anything but text.
[[nodiscard]] std::string in_quotes(const std::string& word);

}  // namespace halfopen::report
