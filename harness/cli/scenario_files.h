// The scenarios that the command line names, with the values that it gives their variables.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/command_line.h"
#include "scenario/loader.h"

namespace halfopen::cli {

/// --set NAME=VALUE
struct Settings {
  std::vector<std::string> given;

  void add_option(Command& command);
};

/// What was loaded of what was named.
struct ScenarioFiles {
  std::vector<scenario::Scenario> scenarios;  ///< Of the files without mistakes.
  std::vector<std::string> files;             ///< All that were read.
  std::vector<std::string> bad;               ///< Those of them that have mistakes.
  std::vector<Diagnostic> mistakes;           ///< Each once, though several files include it.
  std::vector<std::string> rendered;          ///< The same, each with its line and a caret.
};

/// By file, folder or name, or by a run of one. Throws Error where there is no such scenario or
/// run, and Misuse for a setting of a variable that none of them has.
[[nodiscard]] ScenarioFiles read_scenarios(const std::vector<std::string>& named,
                                           const Settings& settings = {});

/// The same. Prints every mistake to standard error; none if there was any.
[[nodiscard]] std::optional<std::vector<scenario::Scenario>> load_scenarios(
    const std::vector<std::string>& named, const Settings& settings = {});

}  // namespace halfopen::cli
