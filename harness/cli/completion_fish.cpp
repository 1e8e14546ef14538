#include <fmt/format.h>

#include "cli/completion.h"

namespace halfopen::cli {
namespace {

constexpr const char* head = R"(# Completes `halfopen` in fish.

function __halfopen_names
    set -l words (commandline -opc)
    command $words[1] names $argv 2>/dev/null
end

complete -c halfopen -f
)";

std::string quoted(const std::string& text) {
  std::string safe;
  for (const char c : text) {
    if (c == '\'' || c == '\\') safe += '\\';
    safe += c;
  }
  return "'" + safe + "'";
}

/// The arguments of `complete` that say what a value may be.
std::string value_of(const OptionDescription& option) {
  switch (completed_as(option)) {
    case Completed::words:
      return fmt::format(" -f -a '{}'", fmt::join(option.words, " "));
    case Completed::scenarios:
      return " -F -a '(__halfopen_names scenarios)'";
    case Completed::clients:
      return " -F -a '(__halfopen_names clients)'";
    case Completed::faults:
      return " -f -a '(__halfopen_names faults)'";
    case Completed::files:
      return " -F";
    case Completed::folders:
      return " -f -a '(__fish_complete_directories)'";
    case Completed::nothing:
      return " -f";
  }
  return "";
}

/// One call of `complete` for an option; `when` is a condition of fish.
std::string line_of(const OptionDescription& option, const std::string& when) {
  std::string text = "complete -c halfopen -n " + quoted(when);
  if (option.argument) return text + value_of(option) + "\n";
  for (const std::string& name : option.names)
    text += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
  if (!option.value.empty()) text += " -r" + value_of(option);
  return text + " -d " + quoted(option.about) + "\n";
}

}  // namespace

std::string fish_completion(const CommandDescription& program) {
  std::string text = head;
  const std::string first = "__fish_use_subcommand";
  for (const OptionDescription& option : program.options) text += line_of(option, first);
  for (const CommandDescription& command : program.commands)
    text += fmt::format("complete -c halfopen -n {} -a {} -d {}\n", first, command.name,
                        quoted(command.about));
  for (const CommandDescription& command : program.commands)
    for (const OptionDescription& option : command.options)
      text += line_of(option, "__fish_seen_subcommand_from " + command.name);
  return text;
}

}  // namespace halfopen::cli
