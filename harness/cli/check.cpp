// `halfopen check PATH…`: is everything in these files as it should be?
#include <fmt/format.h>

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

std::vector<Diagnostic> mistakes_in(const std::string& text, const std::string& file,
                                    const Names& names) {
  switch (scenario::kind_of_file(file)) {
    case FileKind::scenario:
      return scenario::load_scenario(text, file).diagnostics;
    case FileKind::client:
      return scenario::load_client(text, file).diagnostics;
    case FileKind::expected:
      return scenario::load_known_results(text, file, names).diagnostics;
  }
  return {};
}

/// How many mistakes the file has; each is printed.
std::size_t check_file(const std::string& file, const Names& names) {
  const std::string text = scenario::read_file(file);
  const std::vector<Diagnostic> mistakes = mistakes_in(text, file, names);
  for (const Diagnostic& mistake : mistakes) complain(render(mistake, text));
  return mistakes.size();
}

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
  std::size_t checked = 0;
  for_each(files, mistakes, [&](const std::string& file) {
    mistakes += check_file(file, names);
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
