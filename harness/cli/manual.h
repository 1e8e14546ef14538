// The manual pages, in the macros of man(7), made of what the command line says of itself.
#pragma once

#include <string>
#include <vector>

#include "cli/command_description.h"

namespace halfopen::cli {

struct ManualPage {
  std::string name;  ///< "halfopen-run": the file's, without the section.
  std::string text;
};

/// halfopen(1), and a page for each subcommand. `date` is like 2026-11-28.
[[nodiscard]] std::vector<ManualPage> manual(const CommandDescription& program,
                                             const std::string& date);

}  // namespace halfopen::cli
