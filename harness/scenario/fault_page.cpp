#include "scenario/fault_page.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/bytes.h"
#include "faults/words.h"

namespace halfopen::scenario {
namespace {

constexpr std::string_view opening =
    "# The faults\n\n"
    "Made by `halfopen faults --page` from the faults' own descriptions; a test keeps it so. A "
    "fault "
    "is named\nby its key in a scenario, and its parameters stand beside its name. Each may have a "
    "`chance`, and those\nthat are steps say by `after` or `in` when they strike: "
    "see\n[ATTEMPTS.md](ATTEMPTS.md#chance) and [STEPS.md](STEPS.md#when-a-step-strikes).\n";

std::string example(const faults::Fault& fault) {
  const std::string use = faults::usage(fault);
  return faults::is_step(fault.layer) ? fmt::format("[[attempt]]\nsteps = [{}]", use)
                                      : fmt::format("[[attempt]]\n{}", use);
}

/// For the faults that not every server can have, within their layer.
std::string needs(const faults::Fault& fault) {
  if (fault.needs_tls) return " Needs TLS.";
  if (fault.needs_plain) return " Needs a server without TLS.";
  if (fault.layer != faults::Layer::proxy) return "";
  const std::string_view needed = faults::needed_in_server(fault);
  return needed.empty() ? "" : fmt::format(" Needs `{}` in `[server]`.", needed);
}

std::string parameters(const faults::Fault& fault) {
  if (fault.parameters.empty()) return "";
  constexpr std::size_t most = 200;
  std::string text = "\n| parameter | what it is | value |\n|---|---|---|\n";
  for (const faults::Parameter& each : fault.parameters)
    text += fmt::format("| `{}` | {} | {} |\n", each.name, each.about,
                        printable(as_bytes(faults::form_in_words(each)), most));
  return text;
}

std::string users(const faults::Fault& fault, const std::vector<Scenario>& scenarios) {
  std::vector<std::string> names;
  for (const Scenario& scenario : scenarios) {
    const auto used = faults_of(scenario);
    if (std::find(used.begin(), used.end(), &fault) != used.end())
      names.push_back("`" + scenario.name + "`");
  }
  return names.empty() ? "" : fmt::format("\nScenarios: {}.\n", fmt::join(names, ", "));
}

std::string section(const faults::Fault& fault, const std::vector<Scenario>& scenarios) {
  return fmt::format("\n### {} = {}\n\n{}{}{}\n\n*In real life:* {}\n\n*A correct client:* {}\n",
                     faults::key_of(fault.layer), fault.name, fault.about, needs(fault),
                     fault.needs_deflate ? " Needs a client that offers permessage-deflate." : "",
                     fault.background, fault.correct) +
         fmt::format("({})\n\n```toml\n{}\n```\n", fault.source, example(fault)) +
         parameters(fault) + users(fault, scenarios);
}

}  // namespace

std::vector<const faults::Fault*> faults_of(const Scenario& scenario) {
  std::vector<const faults::Fault*> used;
  for (const Attempt& attempt : scenario.attempts) {
    if (attempt.dns) used.push_back(attempt.dns->fault);
    if (attempt.port) used.push_back(attempt.port->fault);
    if (attempt.proxy) used.push_back(attempt.proxy->value.fault);
    if (attempt.tls) used.push_back(attempt.tls->value.fault);
    if (attempt.handshake.fault) used.push_back(attempt.handshake.fault->fault);
    for (const Step& step : attempt.steps)
      if (const auto* fault = std::get_if<FaultStep>(&step.body))
        used.push_back(fault->fault.fault);
  }
  return used;
}

std::string fault_page(const std::vector<Scenario>& scenarios) {
  std::string page(opening);
  for (const faults::Layer layer : faults::layers) {
    page += fmt::format("\n## {}\n\n{}\n", faults::key_of(layer), faults::about(layer));
    for (const faults::Fault* fault : faults::all())
      if (fault->layer == layer) page += section(*fault, scenarios);
  }
  return page;
}

}  // namespace halfopen::scenario
