#include "cli/command_line.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <sstream>
#include <utility>

#include "base/bytes.h"
#include "cli/output.h"

namespace halfopen::cli {

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
  app_->set_version_flag("--version", "halfopen " HALFOPEN_VERSION);
  app_->require_subcommand(1);
}

CommandLine::~CommandLine() = default;

Command CommandLine::add(const std::string& name, const std::string& about) {
  return Command(*app_->add_subcommand(name, about), exit_code_);
}

// Prints what was asked for, or what is wrong with the words, which may be anything.
int CommandLine::explain(const CLI::Error& ending) {
  std::ostringstream out;
  std::ostringstream err;
  const int code = app_->exit(ending, out, err);
  std::fputs(out.str().c_str(), stdout);
  to_stderr(printable_lines(err.str()));
  return code == 0 ? all_passed : usage;
}

int CommandLine::run(const std::vector<std::string>& words) {
  try {
    app_->parse(std::vector<std::string>(words.rbegin(), words.rend()));  // last word first
    return exit_code_;
  } catch (const Misuse& misuse) {
    return explain(CLI::ValidationError(misuse.option(), misuse.what()));
  } catch (const CLI::ParseError& mistake) {
    return explain(mistake);
  }
}

}  // namespace halfopen::cli
