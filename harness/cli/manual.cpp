#include "cli/manual.h"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "cli/command_line.h"

namespace halfopen::cli {
namespace {

/// docs/RUNS.md has the same table at more length.
constexpr std::array<std::pair<ExitCode, const char*>, 6> exit_codes{{
    {all_passed, "All passed; inconclusive and unsupported runs do not count against it."},
    {some_failed, "Some failed."},
    {usage, "The command line makes no sense."},
    {bad_scenario, "A scenario or a client has mistakes, or a client cannot be installed."},
    {undecided, "Nothing was judged; with --require-all: not everything was."},
    {internal,
     "halfopen itself failed, its output or a report could not be written, or it was interrupted. "
     "From doctor: nothing can run on this machine."},
}};

constexpr const char* surroundings = R"(.SH ENVIRONMENT
.TP
.B NO_COLOR
If it is set and not empty, nothing is printed in colours.
.TP
.B TMPDIR
Where temporary folders of clients are made; otherwise in /tmp.
.SH FILES
Scenarios and clients are looked for in the folders
.I scenarios
and
.I clients
of the current folder, then in those that were installed:
.TP
.I PREFIX/share/halfopen/scenarios
The scenarios, with README.md, the reference of their language, and FAULTS.md, all that they can do.
.TP
.I PREFIX/share/halfopen/clients
The clients, with README.md, which tells how to bring your own.
)";

/// Text as it is: no character of it means anything to roff.
std::string escaped(const std::string& text) {
  std::string safe;
  for (const char c : text) {
    const bool begins_line = safe.empty() || safe.back() == '\n';
    if (begins_line && (c == '.' || c == '\'')) safe += "\\&";
    if (c == '\\')
      safe += "\\e";
    else if (c == '-')
      safe += "\\-";
    else
      safe += c;
  }
  return safe;
}

std::string bold(const std::string& text) { return "\\fB" + escaped(text) + "\\fR"; }
std::string italic(const std::string& text) { return "\\fI" + escaped(text) + "\\fR"; }

/// Subcommands tell what they do with or without a capital: here it is a sentence.
std::string sentence(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z')
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return escaped(text) + (text.ends_with('.') ? "" : ".");
}

std::string first_lines(const std::string& name, std::string about, const std::string& date) {
  std::string title;
  for (const char c : name) title += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  if (about.starts_with("halfopen: ")) about.erase(0, about.find(' ') + 1);
  return fmt::format(
      ".TH {} 1 \"{}\" \"halfopen {}\" \"halfopen\"\n"
      ".SH NAME\n{} \\- {}\n",
      title, date, HALFOPEN_VERSION, escaped(name), escaped(about));
}

/// "-c, --client CLIENT"
std::string term_of(const OptionDescription& option) {
  std::string term;
  for (const std::string& name : option.names)
    term += (term.empty() ? "" : ", ") + (option.argument ? italic(name) : bold(name));
  if (!option.argument && !option.value.empty()) term += " " + italic(option.value);
  return term;
}

/// "One of packet, stream. Without it: auto."
std::string terms_of_value(const OptionDescription& option) {
  std::string text;
  if (!option.words.empty())
    text += escaped(fmt::format("\nOne of {}.", fmt::join(option.words, ", ")));
  if (!option.limits.empty()) text += "\n" + escaped(option.limits) + ".";
  if (!option.otherwise.empty()) text += "\nWithout it: " + escaped(option.otherwise) + ".";
  if (option.required) text += "\nThere has to be one.";
  return text;
}

std::string options_of(const CommandDescription& command) {
  std::string text = ".SH OPTIONS\n";
  for (const OptionDescription& option : command.options)
    text += fmt::format(".TP\n{}\n{}{}\n", term_of(option), sentence(option.about),
                        terms_of_value(option));
  return text;
}

std::string synopsis_of(const std::string& name, const CommandDescription& command) {
  std::string text = ".SH SYNOPSIS\n" + bold(name) + " [" + italic("options") + "]";
  for (const OptionDescription& option : command.options) {
    if (!option.argument && !option.required) continue;
    const std::string dots = option.repeats ? " ..." : "";
    text += " ";
    text += option.required ? term_of(option) + dots : "[" + term_of(option) + dots + "]";
  }
  return text + "\n";
}

std::string exit_status() {
  std::string text = ".SH EXIT STATUS\n";
  for (const auto& [code, about] : exit_codes)
    text += fmt::format(".TP\n{}\n{}\n", static_cast<int>(code), escaped(about));
  return text;
}

std::string page_name(const CommandDescription& program, const CommandDescription& command) {
  return program.name + "-" + command.name;
}

std::string reference_to(const std::string& page) { return bold(page) + "(1)"; }

std::string page_of(const CommandDescription& program, const std::string& date) {
  std::string text = first_lines(program.name, program.about, date);
  text += fmt::format(".SH SYNOPSIS\n{0} {1} [{2}]\n.br\n{0} {1} {3}\n.br\n{0} {4}\n",
                      bold(program.name), italic("command"), italic("options and arguments"),
                      bold("--help"), bold("--version"));
  text += ".SH COMMANDS\n";
  for (const CommandDescription& command : program.commands)
    text += fmt::format(".TP\n{}\n{}\n", reference_to(page_name(program, command)),
                        sentence(command.about));
  return text + options_of(program) + exit_status() + surroundings;
}

std::string page_of(const CommandDescription& program, const CommandDescription& command,
                    const std::string& date) {
  return first_lines(page_name(program, command), command.about, date) +
         synopsis_of(program.name + " " + command.name, command) + options_of(command) +
         ".SH EXIT STATUS\nThat of " + reference_to(program.name) +
         ", which tells of all commands.\n" + ".SH SEE ALSO\n" + reference_to(program.name) + "\n";
}

}  // namespace

std::vector<ManualPage> manual(const CommandDescription& program, const std::string& date) {
  std::vector<ManualPage> pages{{program.name, page_of(program, date)}};
  for (const CommandDescription& command : program.commands)
    pages.push_back({page_name(program, command), page_of(program, command, date)});
  return pages;
}

}  // namespace halfopen::cli
