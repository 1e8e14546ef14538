// `halfopen faults [NAME]`: what a scenario can do to a client, from the faults' own descriptions.
#include "faults/fault.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/diagnostic.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/scenario_files.h"
#include "faults/words.h"
#include "scenario/fault_page.h"

namespace halfopen::cli {
namespace {

void print_whole(const faults::Fault& fault) {
  const std::string_view key = faults::key_of(fault.layer);
  fmt::print("{} = \"{}\"\n", key, fault.name);
  fmt::print("  What it does:    {}\n", fault.about);
  fmt::print("  In real life:    {}\n", fault.background);
  fmt::print("  A right client:  {}\n", fault.correct);
  fmt::print("  Source:          {}\n", fault.source);
  if (const std::string_view needed = faults::needed_in_server(fault); !needed.empty())
    fmt::print("  Needs:           {} in [server]\n", needed);
  if (fault.needs_deflate)
    fmt::print("  Needs:           a client that offers permessage-deflate\n");
  if (fault.parameters.empty()) return;
  fmt::print("  Parameters, like {} = {{ fault = \"{}\", {} = … }}:\n", key, fault.name,
             fault.parameters.front().name);
  for (const faults::Parameter& parameter : fault.parameters)
    fmt::print("    {}: {} ({})\n", parameter.name, parameter.about,
               faults::form_in_words(parameter));
}

void print_layer(faults::Layer layer) {
  std::size_t width = 0;
  for (const faults::Fault* fault : faults::all()) width = std::max(width, fault->name.size());
  fmt::print("{} = …\n", faults::key_of(layer));
  for (const faults::Fault* fault : faults::all())
    if (fault->layer == layer) fmt::print("  {:<{}}  {}\n", fault->name, width, fault->about);
}

int list_all() {
  for (const faults::Layer layer : faults::layers) {
    if (layer != faults::layers.front()) fmt::print("\n");
    print_layer(layer);
  }
  return all_passed;
}

int print_named(const std::string& name) {
  std::vector<std::string> names;
  bool found = false;
  for (const faults::Fault* fault : faults::all()) {
    names.emplace_back(fault->name);
    if (fault->name != name) continue;
    if (found) fmt::print("\n");
    print_whole(*fault);
    found = true;
  }
  if (found) return all_passed;
  complain(fmt::format("there is no fault `{}`{}", name, did_you_mean(name, names)));
  return usage;
}

/// The page of the docs, with the scenarios below ./scenarios.
int print_page() {
  const auto scenarios = load_scenarios({});
  if (!scenarios) return bad_scenario;
  fmt::print("{}", printable_lines(scenario::fault_page(*scenarios)));
  return all_passed;
}

}  // namespace

void add_faults(CommandLine& line) {
  Command command = line.add("faults", "Lists the faults, or explains one with its parameters");
  auto name = std::make_shared<std::string>();
  command.add_option("NAME", *name, "Names the fault to explain").takes(value::fault);
  auto page = std::make_shared<bool>(false);
  command.add_flag("--page", *page, "Prints all of them as a page in Markdown");
  command.does([name, page] {
    return *page ? print_page() : name->empty() ? list_all() : print_named(*name);
  });
}

}  // namespace halfopen::cli
