// What `halfopen --version` says.
#pragma once

#include <string>

namespace halfopen::cli {

/// "halfopen 0.1.0", and a line for each library with its version, without a newline at the end.
[[nodiscard]] std::string version_text();

}  // namespace halfopen::cli
