// Runs one subcommand within the test, in a folder of the test's choice, and keeps what it prints.
#pragma once

#include <string>
#include <vector>

#include "cli/command_line.h"

namespace halfopen::tests {

struct Captured {
  int exit_code = -1;
  std::string out;
  std::string err;
};

using AddCommand = void (*)(cli::CommandLine& line);

/// `words` without the program's name: {"check", "scenarios"}.
[[nodiscard]] Captured run_command(AddCommand add, const std::vector<std::string>& words,
                                   const std::string& folder);

}  // namespace halfopen::tests
