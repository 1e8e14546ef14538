// `halfopen names KIND`: what there is, one name a line, for the shells' completions.
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/error.h"
#include "cli/clients.h"
#include "cli/commands.h"
#include "faults/fault.h"
#include "scenario/files.h"

namespace halfopen::cli {
namespace {

/// A shell completes, and does not explain: a client that has mistakes is one without variants.
std::vector<std::string> with_variants(const std::string& client) {
  std::vector<std::string> names{client};
  try {
    for (const auto& [variant, about] : find_client("clients/" + client).variants)
      names.emplace_back(client).append("@").append(variant);
  } catch (const Misuse&) {
    return names;
  }
  return names;
}

std::set<std::string> names_of(const std::string& kind) {
  std::set<std::string> names;
  if (kind == "scenarios") {
    const std::vector<std::string> all = scenario::scenario_names({});
    names.insert(all.begin(), all.end());
  } else if (kind == "clients") {
    for (const std::string& client : known_clients())
      for (const std::string& name : with_variants(client)) names.insert(name);
  } else {
    for (const faults::Fault* fault : faults::all()) names.emplace(fault->name);
  }
  return names;
}

/// Not what would be two names to a shell, or more than text to a terminal.
bool is_one_word(const std::string& name) {
  return std::ranges::none_of(name, [](char c) { return static_cast<unsigned char>(c) < ' '; });
}

}  // namespace

void add_names(CommandLine& line) {
  Command command = line.add_hidden("names", "Prints names, one a line, for shells to complete");
  auto kind = std::make_shared<std::string>();
  command.add_option("kind", *kind, "What has the names")
      .required()
      .one_of({"scenarios", "clients", "faults"});
  command.does([kind] {
    for (const std::string& name : names_of(*kind))
      if (is_one_word(name)) fmt::print("{}\n", name);
    return all_passed;
  });
}

}  // namespace halfopen::cli
