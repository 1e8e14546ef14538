// Files that the command line names.
#pragma once

#include <string>

namespace halfopen::cli {

/// The whole of the file. Throws Error where it cannot be read, or is empty.
[[nodiscard]] std::string read_input(const std::string& file);

}  // namespace halfopen::cli
