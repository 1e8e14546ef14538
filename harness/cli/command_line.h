// The command line as the subcommands see it. CLI11, which takes seconds to compile, stays behind
// it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/library.h"
#include "cli/command_description.h"

namespace CLI {
class App;
class Error;
class Option;
}  // namespace CLI

namespace halfopen::cli {

/// Exit codes (README, "Exit codes").
enum ExitCode : int {
  all_passed = 0,
  some_failed = 1,
  usage = 2,
  bad_scenario = 3,
  undecided = 4,  ///< Nothing was judged; with --require-all: not everything.
  internal = 5,
};

/// What an option was given makes no sense, as only its command could tell: exit code 2. `option`
/// is named before the reason; "" where the reason names all.
class Misuse : public std::runtime_error {
 public:
  Misuse(std::string option, const std::string& why)
      : std::runtime_error(why), option_(std::move(option)) {}
  [[nodiscard]] const std::string& option() const { return option_; }

 private:
  std::string option_;
};

/// An option or argument that was added. What is asked of its value is checked while parsing.
class Option {
 public:
  explicit Option(CLI::Option& option) : option_(&option) {}
  Option& required();
  Option& shows_default();
  /// Takes one word each time it is given; what stands behind that is an argument.
  Option& one_a_time();
  /// One word may hold several values, with that character between them.
  Option& split_at(char delimiter);
  Option& one_of(const std::vector<std::string>& words);
  Option& between(int lowest, int highest);
  Option& not_negative();
  Option& existing_file();
  /// What its value is called in the help: a name of `value` (command_description.h), by which
  /// shells complete it, or another.
  Option& takes(const char* what);
  /// Not both at a time.
  Option& excludes(const Option& other);

 private:
  CLI::Option* option_;
};

/// One subcommand. What its options write to must live until it has run. Names are CLI11's:
/// "-j,--jobs" is an option, "PATH" an argument by its place.
class Command {
 public:
  explicit Command(CLI::App& app, int& exit_code) : app_(&app), exit_code_(&exit_code) {}
  Option add_option(const std::string& names, std::string& to, const std::string& about);
  Option add_option(const std::string& names, std::vector<std::string>& to,
                    const std::string& about);
  Option add_option(const std::string& names, int& to, const std::string& about);
  Option add_option(const std::string& names, std::uint64_t& to, const std::string& about);
  Option add_flag(const std::string& names, bool& to, const std::string& about);
  [[nodiscard]] bool given(const std::string& name) const;
  /// What it does when it was chosen; returns the exit code. May throw Misuse.
  void does(std::function<int()> work);

 private:
  CLI::App* app_;
  int* exit_code_;
};

class CommandLine {
 public:
  explicit CommandLine(const std::string& about);
  ~CommandLine();
  CommandLine(const CommandLine&) = delete;
  CommandLine& operator=(const CommandLine&) = delete;

  Command add(const std::string& name, const std::string& about);
  /// One that is no user's business: no help, manual page or completion names it.
  Command add_hidden(const std::string& name, const std::string& about);
  [[nodiscard]] CommandDescription describe() const;
  /// Runs the subcommand that `words` name; the program's name is not among them. Prints help, and
  /// what is wrong with the words. Returns the exit code; throws what the subcommand throws.
  [[nodiscard]] int run(const std::vector<std::string>& words);

 private:
  [[nodiscard]] int explain(const CLI::Error& ending);
  /// The first word that is no subcommand or option, with the nearest that is one; "" for none.
  [[nodiscard]] std::string slip_in(const std::vector<std::string>& words) const;

  std::unique_ptr<CLI::App> app_;
  int exit_code_ = all_passed;
};

/// The version of CLI11.
[[nodiscard]] std::vector<Library> command_line_libraries();

}  // namespace halfopen::cli
