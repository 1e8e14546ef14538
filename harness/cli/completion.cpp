#include "cli/completion.h"

#include <algorithm>

namespace halfopen::cli {

Completed completed_as(const OptionDescription& option) {
  if (!option.words.empty()) return Completed::words;
  if (option.value == value::scenario) return Completed::scenarios;
  if (option.value == value::client) return Completed::clients;
  if (option.value == value::fault) return Completed::faults;
  if (option.value == value::file) return Completed::files;
  if (option.value == value::folder) return Completed::folders;
  return Completed::nothing;
}

const OptionDescription* argument_of(const CommandDescription& command) {
  const auto found = std::ranges::find_if(command.options, &OptionDescription::argument);
  return found == command.options.end() ? nullptr : &*found;
}

}  // namespace halfopen::cli
