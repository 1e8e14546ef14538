// `halfopen faults [NAME]`: what a scenario can do to a client, from the faults' own descriptions.
#include "faults/fault.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "cli/commands.h"

namespace halfopen::cli {
namespace {

std::string_view form_of(faults::Type type) {
  switch (type) {
    case faults::Type::text:
      return "text";
    case faults::Type::count:
      return "a whole number";
    case faults::Type::duration:
      return "a duration, like \"250ms\"";
    case faults::Type::size:
      return "a size, like \"64KiB\"";
  }
  return "";
}

std::string range_of(const faults::Parameter& parameter) {
  if (!parameter.choices.empty()) return fmt::format(": {}", fmt::join(parameter.choices, ", "));
  const bool numbered =
      parameter.type == faults::Type::count || parameter.type == faults::Type::size;
  return numbered ? fmt::format(", {} to {}", parameter.lowest, parameter.highest) : "";
}

void print_whole(const faults::Fault& fault) {
  const std::string_view key = faults::key_of(fault.layer);
  fmt::print("{} = \"{}\"\n", key, fault.name);
  fmt::print("  What it does:    {}\n", fault.about);
  fmt::print("  A right client:  {}\n", fault.correct);
  fmt::print("  Source:          {}\n", fault.source);
  if (fault.needs_tls || fault.layer == faults::Layer::tls)
    fmt::print("  Needs:           tls = true in [server]\n");
  if (fault.parameters.empty()) return;
  fmt::print("  Parameters, like {} = {{ fault = \"{}\", {} = … }}:\n", key, fault.name,
             fault.parameters.front().name);
  for (const faults::Parameter& parameter : fault.parameters)
    fmt::print("    {}: {} ({}{}; default {})\n", parameter.name, parameter.about,
               form_of(parameter.type), range_of(parameter),
               parameter.fallback.empty() ? "empty" : parameter.fallback);
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
  fmt::print(stderr, "there is no fault `{}`{}\n", name, did_you_mean(name, names));
  return usage;
}

}  // namespace

void add_faults(CLI::App& app, int& exit_code) {
  CLI::App* command =
      app.add_subcommand("faults", "Lists the faults, or explains one with its parameters");
  auto name = std::make_shared<std::string>();
  command->add_option("NAME", *name, "The name of a fault");
  command->callback(
      [name, &exit_code] { exit_code = name->empty() ? list_all() : print_named(*name); });
}

}  // namespace halfopen::cli
