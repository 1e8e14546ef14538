// `halfopen new [NAME]`: writes a scenario to begin with.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>

#include "base/bytes.h"
#include "base/error.h"
#include "base/output_file.h"
#include "base/units.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/questions.h"
#include "report/shell_words.h"
#include "scenario/loader.h"
#include "scenario/new_scenario.h"

namespace halfopen::cli {
namespace {

struct NewOptions {
  std::string name;
  std::string fault;
  std::string after;
  int times = 0;
  int attempts = 0;
  std::string gap;
  std::string about;
};

/// Of an option that says how much; throws Misuse.
template <class Read>
auto read(const char* option, const std::string& text, const Read& how) {
  try {
    return how(text);
  } catch (const Error& wrong) {
    throw Misuse(option, wrong.what());
  }
}

scenario::NewScenario wanted_by(const NewOptions& options) {
  scenario::NewScenario wanted;
  wanted.trouble = read("--fault", options.fault, scenario::read_trouble);
  wanted.about = options.about;
  wanted.gap = options.gap;
  if (!options.after.empty()) wanted.after = read("--after", options.after, read_after);
  if (options.times > 0) wanted.times = options.times;
  if (options.attempts > 0) wanted.attempts = options.attempts;
  return wanted;
}

/// "my/drop-reset"
std::string usual_name(const scenario::NewScenario& wanted) {
  std::string name = name_of(wanted.trouble);
  std::replace(name.begin(), name.end(), '=', '-');
  return "my/" + name;
}

/// A path is one; a name stands below scenarios/.
std::string file_for(const std::string& name) {
  return name.ends_with(".toml") ? name : "scenarios/" + name + ".toml";
}

int write(const scenario::NewScenario& wanted, const std::string& name) {
  const std::string file = file_for(name);
  std::error_code failed;
  if (std::filesystem::exists(std::filesystem::symlink_status(file, failed)))
    throw Misuse("", file + " is there already, and is not written over");
  const std::string text = scenario::write_scenario(wanted);
  const auto loaded = scenario::load_scenario(text, file);
  for (const Diagnostic& mistake : loaded.diagnostics) complain(render(mistake, text));
  if (!loaded.value)
    throw Misuse("", "what was asked for makes no scenario: see above; nothing was written");
  write_output(file, text);
  const std::string known = report::in_quotes(name.ends_with(".toml") ? file : loaded.value->name);
  fmt::print(
      "{} is written, and has no mistakes. Next:\n"
      "  halfopen explain {}\n"
      "  halfopen run {} --client clients/reference\n"
      "  halfopen run {} --client 'node app.js {{url}}'\n",
      printable_line(file), known, known, known);
  return all_passed;
}

int make(const NewOptions& options) {
  std::optional<scenario::NewScenario> wanted;
  std::string name = options.name;
  if (!options.fault.empty()) {
    wanted = wanted_by(options);
  } else {
    if (::isatty(STDIN_FILENO) == 0)
      throw Misuse("--fault",
                   "is required where nobody can be asked: such as drop=reset, close=1001 or "
                   "handshake=503; `halfopen faults` lists them");
    wanted = ask(std::cin, std::cout);
    if (!wanted) {
      complain("\nhalfopen: nothing was written");
      return usage;
    }
  }
  return write(*wanted, name.empty() ? usual_name(*wanted) : name);
}

}  // namespace

void add_new(CommandLine& line) {
  Command command =
      line.add("new", "Writes a scenario to begin with: asks what goes wrong, or takes options");
  const auto options = std::make_shared<NewOptions>();
  command.add_option("NAME", options->name,
                     "Names the scenario, which is written below scenarios/, or a file.toml "
                     "(default: my/ and the fault)");
  command
      .add_option("--fault", options->fault,
                  "Says what goes wrong, instead of asking: a fault such as drop=reset, a Close "
                  "code such as close=1001, or a status such as handshake=503")
      .takes("KEY=FAULT");
  command
      .add_option("--after", options->after,
                  "Leaves the connection open for so long before it (default: 300ms)")
      .takes("DURATION");
  command
      .add_option("--times", options->times,
                  "Lets so many connections meet it, one after the other")
      .between(1, 100);
  command
      .add_option("--attempts", options->attempts,
                  "Expects so many connections in all (default: as many as it takes)")
      .between(1, 100);
  command
      .add_option("--gaps", options->gap,
                  "Expects that from the first end to the next connection, such as 1s..10s")
      .takes("RANGE");
  command.add_option("--about", options->about, "Says in one sentence what happens").takes("TEXT");
  command.does([options] { return make(*options); });
}

}  // namespace halfopen::cli
