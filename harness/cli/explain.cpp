// `halfopen explain SCENARIO`: the story of a scenario in plain words.
#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/error.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "scenario/files.h"
#include "scenario/loader.h"

namespace halfopen::cli {
namespace {

int explain_file(const std::string& file) {
  const std::string text = scenario::read_file(file);
  const auto loaded = scenario::load_scenario(text, file);
  for (const Diagnostic& diagnostic : loaded.diagnostics) complain(render(diagnostic, text));
  if (!loaded.value) return bad_scenario;
  fmt::print("{}", printable_lines(scenario::explain(*loaded.value)));
  return all_passed;
}

int explain(const std::string& named) {
  int exit_code = all_passed;
  try {
    bool first = true;
    for (const std::string& file : scenario::find_scenarios(named)) {
      if (!std::exchange(first, false)) fmt::print("\n");
      if (explain_file(file) != all_passed) exit_code = bad_scenario;
    }
  } catch (const Error& missing) {
    complain(missing.what());
    return bad_scenario;
  }
  return exit_code;
}

}  // namespace

void add_explain(CommandLine& line) {
  Command command = line.add("explain", "Tells the story of a scenario in plain words");
  auto named = std::make_shared<std::string>();
  command.add_option("SCENARIO", *named, "Names a file, a folder or a scenario")
      .takes(value::scenario)
      .required();
  command.does([named] { return explain(*named); });
}

}  // namespace halfopen::cli
