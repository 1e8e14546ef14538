// The command line that this process was started with.
#pragma once

#include <string>
#include <vector>

namespace halfopen::cli {

[[nodiscard]] std::vector<std::string> own_command();

}  // namespace halfopen::cli
