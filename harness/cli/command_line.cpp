#include "cli/command_line.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <sstream>
#include <utility>

#include "base/bytes.h"
#include "base/diagnostic.h"
#include "cli/output.h"
#include "cli/version.h"

namespace halfopen::cli {
namespace {

std::vector<std::string> subcommands_of(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* each : app.get_subcommands({})) names.push_back(each->get_name());
  return names;
}

std::vector<std::string> options_of(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options())
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  return names;
}

/// The option that the word begins with; null where there is no such one. "-jX" is that of "-j".
const CLI::Option* option_in(const CLI::App& app, const std::string& word) {
  if (word.starts_with("--")) return app.get_option_no_throw(word.substr(0, word.find('=')));
  return app.get_option_no_throw(word.substr(0, 2));
}

/// Whether the next word is its value.
bool takes_next(const CLI::Option& option, const std::string& word) {
  const bool has_value =
      word.starts_with("--") ? word.find('=') != std::string::npos : word.size() > 2;
  return option.get_items_expected_min() > 0 && !has_value;
}

}  // namespace

Option& Option::required() {
  option_->required();
  return *this;
}

Option& Option::shows_default() {
  option_->capture_default_str();
  return *this;
}

Option& Option::one_a_time() {
  option_->allow_extra_args(false);
  return *this;
}

Option& Option::split_at(char delimiter) {
  option_->delimiter(delimiter);
  return *this;
}

Option& Option::one_of(const std::vector<std::string>& words) {
  option_->check(CLI::IsMember(words));
  return *this;
}

Option& Option::between(int lowest, int highest) {
  option_->check(CLI::Range(lowest, highest));
  return *this;
}

Option& Option::not_negative() {
  option_->check(CLI::NonNegativeNumber);
  return *this;
}

Option& Option::existing_file() {
  option_->check(CLI::ExistingFile);
  return *this;
}

Option& Option::takes(const char* what) {
  option_->type_name(what);
  return *this;
}

Option& Option::excludes(const Option& other) {
  option_->excludes(other.option_);
  return *this;
}

Option Command::add_option(const std::string& names, std::string& to, const std::string& about) {
  return Option(*app_->add_option(names, to, about));
}

Option Command::add_option(const std::string& names, std::vector<std::string>& to,
                           const std::string& about) {
  return Option(*app_->add_option(names, to, about));
}

Option Command::add_option(const std::string& names, int& to, const std::string& about) {
  return Option(*app_->add_option(names, to, about));
}

Option Command::add_option(const std::string& names, std::uint64_t& to, const std::string& about) {
  return Option(*app_->add_option(names, to, about));
}

Option Command::add_flag(const std::string& names, bool& to, const std::string& about) {
  return Option(*app_->add_flag(names, to, about));
}

bool Command::given(const std::string& name) const { return app_->count(name) > 0; }

void Command::does(std::function<int()> work) {
  app_->callback([work = std::move(work), code = exit_code_] { *code = work(); });
}

CommandLine::CommandLine(const std::string& about)
    : app_(std::make_unique<CLI::App>(about, "halfopen")) {
  app_->set_help_flag("-h,--help", "Prints this help and exits");
  app_->set_version_flag("--version", version_text,
                         "Prints the version, and those of the libraries, and exits");
  app_->require_subcommand(1);
}

CommandLine::~CommandLine() = default;

Command CommandLine::add(const std::string& name, const std::string& about) {
  return Command(*app_->add_subcommand(name, about), exit_code_);
}

Command CommandLine::add_hidden(const std::string& name, const std::string& about) {
  CLI::App& app = *app_->add_subcommand(name, about);
  app.group("");
  return Command(app, exit_code_);
}

namespace {

/// "TEXT:{packet,stream}" and "INT:INT in [0 - 9]" are how CLI11 says what a value may be; where it
/// has to be an existing file, it says so by the name ("TEXT:FILE").
void describe_value(const std::string& type, OptionDescription& option) {
  const std::size_t colon = type.find(':');
  option.value = type.substr(0, colon);
  if (colon == std::string::npos) return;
  const std::string asked = type.substr(colon + 1);
  if (asked == value::file) {
    option.value = asked;
  } else if (asked.starts_with('{') && asked.ends_with('}')) {
    std::istringstream words(asked.substr(1, asked.size() - 2));
    for (std::string word; std::getline(words, word, ',');) option.words.push_back(word);
  } else {
    option.limits = asked;
  }
}

OptionDescription described(const CLI::Option& option) {
  OptionDescription description;
  for (const std::string& name : option.get_snames()) description.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) description.names.push_back("--" + name);
  description.argument = option.get_positional();
  if (description.argument) description.names = {option.get_name(true)};
  if (option.get_items_expected_max() > 0) describe_value(option.get_type_name(), description);
  description.about = option.get_description();
  description.otherwise = option.get_default_str();
  description.required = option.get_required();
  description.repeats = option.get_items_expected_max() > 1;
  return description;
}

CommandDescription described(const CLI::App& app) {
  CommandDescription description{app.get_name(), app.get_description(), {}, {}};
  for (const CLI::Option* option : app.get_options())
    if (!option->get_group().empty()) description.options.push_back(described(*option));
  const auto is_shown = [](const CLI::App* command) { return !command->get_group().empty(); };
  for (const CLI::App* command : app.get_subcommands(is_shown))
    description.commands.push_back(described(*command));
  return description;
}

}  // namespace

CommandDescription CommandLine::describe() const { return described(*app_); }

std::vector<Library> command_line_libraries() { return {{"CLI11", CLI11_VERSION}}; }

// Prints what was asked for, or what is wrong with the words, which may be anything.
int CommandLine::explain(const CLI::Error& ending) {
  std::ostringstream out;
  std::ostringstream err;
  const int code = app_->exit(ending, out, err);
  std::fputs(out.str().c_str(), stdout);
  to_stderr(printable_lines(err.str()));
  return code == 0 ? all_passed : usage;
}

std::string CommandLine::slip_in(const std::vector<std::string>& words) const {
  const CLI::App* at = app_.get();
  for (std::size_t i = 0; i < words.size() && words[i] != "--"; ++i) {
    const std::string& word = words[i];
    if (!word.starts_with('-') || word == "-") {
      if (at != app_.get()) continue;
      const std::vector<std::string> names = subcommands_of(*app_);
      if (std::ranges::count(names, word) > 0) {
        at = app_->get_subcommand(word);
        continue;
      }
      const std::string hint = did_you_mean(word, names);
      return fmt::format(
          "there is no subcommand `{}`{}", word,
          hint.empty() ? fmt::format("; there are: {}", fmt::join(names, ", ")) : hint);
    }
    const CLI::Option* option = option_in(*at, word);
    if (option == nullptr) {
      const std::string name = word.substr(0, word.find('='));
      const std::string of = at == app_.get() ? "" : " of " + at->get_name();
      return fmt::format("there is no option `{}`{}{}", name, of,
                         did_you_mean(name, options_of(*at)));
    }
    if (takes_next(*option, word)) ++i;
  }
  return "";
}

int CommandLine::run(const std::vector<std::string>& words) {
  try {
    app_->parse(std::vector<std::string>(words.rbegin(), words.rend()));  // last word first
    return exit_code_;
  } catch (const Misuse& misuse) {
    const std::string option = misuse.option().empty() ? "" : misuse.option() + ": ";
    return explain(CLI::ValidationError(option + misuse.what()));
  } catch (const CLI::ParseError& mistake) {
    const std::string slip = mistake.get_exit_code() == 0 ? "" : slip_in(words);
    if (!slip.empty()) return explain(CLI::ValidationError(slip));
    return explain(mistake);
  }
}

}  // namespace halfopen::cli
