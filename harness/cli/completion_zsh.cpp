#include <fmt/format.h>

#include "cli/completion.h"

namespace halfopen::cli {
namespace {

constexpr const char* head = R"zsh(#compdef halfopen
# Completes `halfopen` in zsh.

_halfopen_names() {
  # What has the names comes last; before it, what compadd is to be told.
  local -a names
  names=(${(f)"$(${(Q)program} names $@[-1] 2>/dev/null)"})
  compadd "${(@)@[1,-2]}" -a names
}
_halfopen_scenarios() {
  _alternative 'scenarios:scenario:_halfopen_names scenarios' 'files:file:_files'
}
_halfopen_clients() {
  _alternative 'clients:client:_halfopen_names clients' 'files:file:_files'
}
_halfopen_faults() { _halfopen_names faults }

_halfopen() {
  local program=$words[1] curcontext=$curcontext state line
  local -a commands
  commands=(
)zsh";

/// As it may stand within single quotes, where zsh's _arguments and _describe read [, ] and
/// :.
std::string quoted(const std::string& text) {
  std::string safe;
  for (const char c : text) {
    if (c == '\'') {
      safe += "'\\''";
      continue;
    }
    if (c == '[' || c == ']' || c == ':' || c == '\\') safe += '\\';
    safe += c;
  }
  return safe;
}

std::string action_of(const OptionDescription& option) {
  switch (completed_as(option)) {
    case Completed::words:
      return fmt::format("({})", fmt::join(option.words, " "));
    case Completed::scenarios:
      return "_halfopen_scenarios";
    case Completed::clients:
      return "_halfopen_clients";
    case Completed::faults:
      return "_halfopen_faults";
    case Completed::files:
      return "_files";
    case Completed::folders:
      return "_files -/";
    case Completed::nothing:
      return " ";
  }
  return "";
}

/// What one _arguments needs to know of an option: a word for each of its names.
std::string specification(const OptionDescription& option) {
  if (option.argument)
    return fmt::format(" '{}:{}:{}'", option.repeats ? "*" : "", quoted(option.names.front()),
                       action_of(option));
  std::string text;
  const std::string once = option.repeats ? "*" : fmt::format("({})", fmt::join(option.names, " "));
  for (const std::string& name : option.names) {
    const std::string equals = !option.value.empty() && name.starts_with("--") ? "=" : "";
    text += fmt::format(" '{}{}{}[{}]", once, name, equals, quoted(option.about));
    if (!option.value.empty())
      text += fmt::format(":{}:{}", quoted(option.value), action_of(option));
    text += "'";
  }
  return text;
}

std::string specifications(const CommandDescription& command) {
  std::string text;
  for (const OptionDescription& option : command.options)
    text += " \\\n       " + specification(option);
  return text;
}

}  // namespace

std::string zsh_completion(const CommandDescription& program) {
  std::string text = head;
  for (const CommandDescription& command : program.commands)
    text += fmt::format("    '{}:{}'\n", command.name, quoted(command.about));
  text += "  )\n  _arguments -C" + specifications(program) +
          " \\\n        '1: :->command' '*:: :->words' && return\n"
          "  if [[ $state == command ]]; then\n"
          "    _describe command commands\n"
          "    return\n"
          "  fi\n"
          "  case $words[1] in\n";
  for (const CommandDescription& command : program.commands)
    text += fmt::format("    {})\n      _arguments{} ;;\n", command.name, specifications(command));
  return text + "  esac\n}\n\n_halfopen \"$@\"\n";
}

}  // namespace halfopen::cli
