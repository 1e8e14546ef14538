#include <fmt/format.h>

#include "cli/completion.h"

namespace halfopen::cli {
namespace {

constexpr const char* head = R"bash(# Completes `halfopen` in bash.

# Of the lines that it is given, those that go on from what was typed.
_halfopen_matching() {
  local line
  while IFS= read -r line; do
    [[ $line == "$before$cur"* ]] && COMPREPLY+=("${line#"$before"}")
  done
}

_halfopen_value() {
  case $1 in
    scenarios | clients)
      _halfopen_matching < <("$program" names "$1" 2>/dev/null)
      _halfopen_matching < <(compgen -f -- "$before$cur")
      compopt -o filenames 2>/dev/null ;;
    faults) _halfopen_matching < <("$program" names faults 2>/dev/null) ;;
    folders)
      _halfopen_matching < <(compgen -d -- "$before$cur")
      compopt -o filenames 2>/dev/null ;;
    nothing) compopt +o default 2>/dev/null ;;
    words) _halfopen_matching < <(printf '%s\n' "${@:2}") ;;
  esac
}

_halfopen() {
  local program=$1 i=$COMP_CWORD cur=${COMP_WORDS[COMP_CWORD]} before='' command='' prev word
  local -a options=() arguments=(nothing)
  COMPREPLY=()
  # To bash, @ and = are words: reference@no-delay, --link=stream.
  if [[ $cur == @ ]]; then
    before=${COMP_WORDS[--i]}@ cur=''
  elif [[ ${COMP_WORDS[i - 1]} == @ ]]; then
    before=${COMP_WORDS[i -= 2]}@
  fi
  [[ $cur == = ]] && cur=''
  prev=${COMP_WORDS[i - 1]}
  [[ $prev == = ]] && prev=${COMP_WORDS[i - 2]}
)bash";

constexpr const char* tail = R"bash(  if [[ $cur == -* ]]; then
    _halfopen_matching < <(printf '%s\n' "${options[@]}")
  else
    _halfopen_value "${arguments[@]}"
  fi
}

complete -o default -F _halfopen halfopen
)bash";

std::string value_of(const OptionDescription& option) {
  switch (completed_as(option)) {
    case Completed::words:
      return fmt::format("words {}", fmt::join(option.words, " "));
    case Completed::scenarios:
      return "scenarios";
    case Completed::clients:
      return "clients";
    case Completed::faults:
      return "faults";
    case Completed::files:
      return "files";
    case Completed::folders:
      return "folders";
    case Completed::nothing:
      return "nothing";
  }
  return "";
}

std::string options_of(const CommandDescription& command) {
  std::string text;
  for (const OptionDescription& option : command.options)
    if (!option.argument)
      for (const std::string& name : option.names) text += (text.empty() ? "" : " ") + name;
  return text;
}

std::string branch_of(const CommandDescription& command) {
  std::string text = fmt::format("    {})\n      case $prev in\n", command.name);
  for (const OptionDescription& option : command.options)
    if (!option.argument && !option.value.empty())
      text += fmt::format("        {}) _halfopen_value {}; return ;;\n",
                          fmt::join(option.names, " | "), value_of(option));
  text += "      esac\n";
  if (const OptionDescription* argument = argument_of(command))
    text += fmt::format("      arguments=({})\n", value_of(*argument));
  return text + fmt::format("      options=({}) ;;\n", options_of(command));
}

}  // namespace

std::string bash_completion(const CommandDescription& program) {
  std::vector<std::string> names;
  names.reserve(program.commands.size());
  for (const CommandDescription& command : program.commands) names.push_back(command.name);
  std::string text = head;
  text += fmt::format(
      "  for word in \"${{COMP_WORDS[@]:1:COMP_CWORD-1}}\"; do\n"
      "    case $word in {}) command=$word && break ;; esac\n"
      "  done\n"
      "  case $command in\n",
      fmt::join(names, " | "));
  text += fmt::format("    '')\n      arguments=(words {})\n      options=({}) ;;\n",
                      fmt::join(names, " "), options_of(program));
  for (const CommandDescription& command : program.commands) text += branch_of(command);
  return text + "  esac\n" + tail;
}

}  // namespace halfopen::cli
