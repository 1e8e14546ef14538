// What shells complete after `halfopen`, made of what the command line says of itself. Names of
// scenarios, clients and faults are asked of the program when they are wanted (cli/names.cpp).
#pragma once

#include <string>

#include "cli/command_description.h"

namespace halfopen::cli {

// Each is a whole file: for share/bash-completion/completions, share/zsh/site-functions and
// share/fish/vendor_completions.d.
[[nodiscard]] std::string bash_completion(const CommandDescription& program);
[[nodiscard]] std::string zsh_completion(const CommandDescription& program);
[[nodiscard]] std::string fish_completion(const CommandDescription& program);

/// What may stand for a value.
enum class Completed { words, scenarios, clients, faults, files, folders, nothing };
[[nodiscard]] Completed completed_as(const OptionDescription& option);

/// The argument that is known by its place, or null. (No command has several.)
[[nodiscard]] const OptionDescription* argument_of(const CommandDescription& command);

}  // namespace halfopen::cli
