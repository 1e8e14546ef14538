#include "cli/dry_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>

#include "base/bytes.h"
#include "cli/preflight.h"
#include "io/host.h"

namespace halfopen::cli {
namespace {

std::string counted(std::size_t n, std::string_view what) {
  return fmt::format("{} {}{}", n, what, n == 1 ? "" : "s");
}

std::string totals(const std::vector<Pair>& pairs, std::size_t unsupported, int repeat) {
  std::set<const scenario::Scenario*> scenarios;
  std::set<const scenario::Client*> clients;
  for (const Pair& pair : pairs) {
    scenarios.insert(pair.scenario);
    clients.insert(pair.client);
  }
  std::string text = fmt::format(
      "{} of {} with {}", counted(pairs.size() * static_cast<std::size_t>(repeat), "run"),
      counted(scenarios.size(), "scenario"), counted(clients.size(), "client"));
  if (repeat > 1) text += fmt::format(", each {} times", repeat);
  if (unsupported > 0)
    text += fmt::format("; {} unsupported", unsupported * static_cast<std::size_t>(repeat));
  return text;
}

}  // namespace

void list_runs(const std::vector<Pair>& pairs, const BatchOptions& options, int repeat) {
  io::Host host;
  const io::Abilities& abilities = host.broker().abilities();
  const LinkTaken link = take_link(options.link, abilities);
  const char* name = link.kind == io::LinkKind::packet ? "packet link" : "stream link";
  std::size_t scenario_width = 0;
  std::size_t client_width = 0;
  for (const Pair& pair : pairs) {
    scenario_width = std::max(scenario_width, pair.scenario->name.size());
    client_width = std::max(client_width, pair.client->name.size());
  }
  std::size_t lacking = 0;
  for (const Pair& pair : pairs) {
    const auto reason = unsupported(pair, link, abilities);
    if (reason) ++lacking;
    const std::string what =
        reason ? fmt::format("? unsupported: {}{}{}", reason->what,
                             reason->remedy.empty() ? "" : "; ", reason->remedy)
               : fmt::format("{}, seed {}", name, options.seed + pair.seeds_later);
    fmt::print("{}\n",
               printable_line(fmt::format("{:<{}}  {:<{}}  {}", pair.scenario->name, scenario_width,
                                          pair.client->name, client_width, what)));
  }
  fmt::print("{}\n{}: {}\n", totals(pairs, lacking, repeat), name, printable_line(link.why));
}

}  // namespace halfopen::cli
