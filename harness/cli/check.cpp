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

bool is_client(const std::string& file) { return file.ends_with("client.toml"); }
bool is_expected(const std::string& file) { return file.ends_with("expected.toml"); }

std::string beside_client(const std::string& client) {
  return (std::filesystem::path(client).parent_path() / "expected.toml").string();
}

/// The files behind one argument: scenarios, and the clients of a folder.
std::vector<std::string> files_of(const std::string& path) {
  if (is_expected(path)) return {path};
  std::vector<std::string> files = scenario::find_clients(path);
  if (!files.empty() && is_client(path)) return files;
  for (const std::string& client : std::vector(files))
    if (std::string beside = beside_client(client); std::filesystem::exists(beside))
      files.push_back(std::move(beside));
  try {
    for (std::string& file : scenario::find_scenarios(path)) files.push_back(std::move(file));
  } catch (const Error&) {
    if (files.empty()) throw;
  }
  return files;
}

std::vector<Diagnostic> mistakes_in(const std::string& text, const std::string& file) {
  if (is_expected(file)) return scenario::load_known_results(text, file).diagnostics;
  if (is_client(file)) return scenario::load_client(text, file).diagnostics;
  return scenario::load_scenario(text, file).diagnostics;
}

/// How many mistakes the file has; each is printed.
std::size_t check_file(const std::string& file) {
  const std::string text = scenario::read_file(file);
  const std::vector<Diagnostic> mistakes = mistakes_in(text, file);
  for (const Diagnostic& mistake : mistakes) complain(render(mistake, text));
  return mistakes.size();
}

std::string counted(std::size_t n, std::string_view what) {
  return fmt::format("{} {}{}", n, what, n == 1 ? "" : "s");
}

int check(std::vector<std::string> paths) {
  if (paths.empty()) paths.emplace_back("scenarios");
  std::size_t files = 0;
  std::size_t mistakes = 0;
  for (const std::string& path : paths) {
    try {
      for (const std::string& file : files_of(path)) {
        mistakes += check_file(file);
        ++files;
      }
    } catch (const Error& missing) {
      complain(missing.what());
      ++mistakes;
    }
  }
  fmt::print("{} checked, {}\n", counted(files, "file"),
             mistakes == 0 ? "no mistakes" : counted(mistakes, "mistake"));
  return mistakes == 0 ? all_passed : bad_scenario;
}

}  // namespace

void add_check(CommandLine& line) {
  Command command = line.add("check", "Checks scenario and client files and says what is wrong");
  auto paths = std::make_shared<std::vector<std::string>>();
  command.add_option("PATH", *paths, "Files, folders or names of scenarios (default: scenarios)");
  command.does([paths] { return check(*paths); });
}

}  // namespace halfopen::cli
