// Which of the scenarios are meant: --tag and --filter.
#pragma once

#include <string>
#include <vector>

#include "cli/command_line.h"
#include "scenario/scenario.h"

namespace halfopen::cli {

struct Selection {
  std::vector<std::string> tags;  ///< One of them; none: any.
  std::string filter;             ///< See Filter; "": all.
};

void add_selection_options(Command& command, Selection& selection);

/// Those of the scenarios that fit. Throws Misuse where none does, where no scenario has a tag, and
/// for a word of the filter that is a slip; of another that fits none it is said on standard error.
[[nodiscard]] std::vector<scenario::Scenario> select(std::vector<scenario::Scenario> scenarios,
                                                     const Selection& selection);

}  // namespace halfopen::cli
