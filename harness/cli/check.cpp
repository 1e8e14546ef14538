// `halfopen check PATH…`: is everything in these files as it should be?
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/error.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "scenario/files.h"
#include "scenario/known_results.h"
#include "scenario/loader.h"

namespace halfopen::cli {
namespace {

using scenario::FileKind;
using Names = std::vector<std::string>;

std::string beside_client(const std::string& client) {
  return (std::filesystem::path(client).parent_path() / "expected.toml").string();
}

/// The files behind one argument: scenarios, and the clients with what is expected of them.
std::vector<std::string> files_of(const std::string& path) {
  std::vector<std::string> files = scenario::find_clients(path);
  for (const std::string& client : std::vector(files))
    if (std::string beside = beside_client(client); std::filesystem::exists(beside))
      files.push_back(std::move(beside));
  if (!files.empty() && scenario::kind_of_file(path) == FileKind::client) return files;
  try {
    for (std::string& file : scenario::find_scenarios(path)) files.push_back(std::move(file));
  } catch (const Error&) {
    if (files.empty()) throw;
  }
  return files;
}

/// What an expected.toml among these files may name. A scenario with mistakes has its name, too.
Names names_for(const std::vector<std::string>& files) {
  std::vector<std::string> scenarios;
  for (const std::string& file : files)
    if (scenario::kind_of_file(file) == FileKind::scenario) scenarios.push_back(file);
  return scenarios.size() == files.size() ? Names() : scenario::scenario_names(scenarios);
}

/// Prints the mistakes of files, each once: several scenarios may include the file that has it.
class Checking {
 public:
  explicit Checking(const Names& names) : names_(names) {}

  /// How many mistakes it has that were not told yet.
  std::size_t check(const std::string& file) {
    const std::string text = scenario::read_file(file);
    const scenario::Sources alone(file, text);
    switch (scenario::kind_of_file(file)) {
      case FileKind::scenario: {
        const auto loaded = scenario::load_scenarios(text, file, {scenario::read_file, {}});
        return tell(loaded.diagnostics, *loaded.sources);
      }
      case FileKind::part:
        complain(file + ": a part; it is checked with the scenarios that include it");
        return 0;
      case FileKind::client:
        return tell(scenario::load_client(text, file).diagnostics, alone);
      case FileKind::expected:
        return tell(scenario::load_known_results(text, file, names_).diagnostics, alone);
    }
    return 0;
  }

 private:
  std::size_t tell(const std::vector<Diagnostic>& mistakes, const scenario::Sources& sources) {
    std::size_t count = 0;
    for (const Diagnostic& mistake : mistakes) {
      if (std::find(told_.begin(), told_.end(), mistake) != told_.end()) continue;
      told_.push_back(mistake);
      complain(render(mistake, sources));
      ++count;
    }
    return count;
  }

  const Names& names_;
  std::vector<Diagnostic> told_;
};

/// Does it for each that can be read; one that cannot is said, and is a mistake.
template <class Do>
void for_each(const std::vector<std::string>& all, std::size_t& mistakes, const Do& what) {
  for (const std::string& each : all) {
    try {
      what(each);
    } catch (const Error& failure) {
      complain(failure.what());
      ++mistakes;
    }
  }
}

std::string counted(std::size_t n, std::string_view what) {
  return fmt::format("{} {}{}", n, what, n == 1 ? "" : "s");
}

int check(std::vector<std::string> paths) {
  if (paths.empty()) paths.emplace_back("scenarios");
  std::vector<std::string> files;
  std::size_t mistakes = 0;
  for_each(paths, mistakes, [&](const std::string& path) {
    for (std::string& file : files_of(path)) files.push_back(std::move(file));
  });
  const Names names = names_for(files);
  Checking checking(names);
  std::size_t checked = 0;
  for_each(files, mistakes, [&](const std::string& file) {
    mistakes += checking.check(file);
    ++checked;
  });
  fmt::print("{} checked, {}\n", counted(checked, "file"),
             mistakes == 0 ? "no mistakes" : counted(mistakes, "mistake"));
  return mistakes == 0 ? all_passed : bad_scenario;
}

}  // namespace

void add_check(CommandLine& line) {
  Command command = line.add("check", "Checks scenario and client files and says what is wrong");
  auto paths = std::make_shared<std::vector<std::string>>();
  command.add_option("PATH", *paths, "Names files, folders or scenarios (default: scenarios)")
      .takes(value::scenario);
  command.does([paths] { return check(*paths); });
}

}  // namespace halfopen::cli
