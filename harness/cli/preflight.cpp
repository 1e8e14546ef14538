#include "cli/preflight.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <ctime>

#include "cli/clients.h"
#include "crypto/hash.h"

namespace halfopen::cli {

LinkTaken take_link(LinkChoice choice, const io::Abilities& abilities) {
  switch (choice) {
    case LinkChoice::packet:
      return {io::LinkKind::packet, "asked for"};
    case LinkChoice::stream:
      return {io::LinkKind::stream, "asked for"};
    case LinkChoice::automatic:
      break;
  }
  if (abilities.packet_link())
    return {io::LinkKind::packet, "auto: this machine has " + abilities.summary()};
  return {io::LinkKind::stream, "auto: no packet link here, " + abilities.why_not};
}

namespace {

std::optional<trace::Unsupported> lacking_link(const scenario::Scenario& scenario,
                                               const LinkTaken& link,
                                               const io::Abilities& abilities) {
  if (link.kind == io::LinkKind::packet) {
    if (abilities.packet_link()) return std::nullopt;
    return trace::Unsupported{"the packet link: " + abilities.why_not, abilities.remedy};
  }
  const std::vector<std::string> needs = scenario::needs_of_packet_link(scenario);
  if (needs.empty()) return std::nullopt;
  return trace::Unsupported{
      fmt::format("only the packet link can do this: {}", fmt::join(needs, "; ")),
      abilities.packet_link() ? "run it with --link packet" : abilities.remedy};
}

std::optional<trace::Unsupported> lacking_client(const Pair& pair) {
  const auto& can = pair.client->can;
  std::vector<std::string> lacking;
  for (const std::string& need : scenario::needs_of_client(*pair.scenario))
    if (std::find(can.begin(), can.end(), need) == can.end()) lacking.push_back(need);
  if (lacking == std::vector<std::string>{"reconnects"})
    return trace::Unsupported{"the client does not reconnect by itself",
                              "its client.toml says so: reconnects = false"};
  if (!lacking.empty())
    return trace::Unsupported{
        fmt::format("the client cannot do what the scenario needs: {}", fmt::join(lacking, ", ")),
        pair.client->bare
            ? fmt::format("if it can, say so: --can {}, or the `can` list of a client.toml",
                          fmt::join(lacking, ","))
            : "let its adapter do it, and say so in the `can` list of its client.toml"};
  const std::vector<std::string> missing = missing_programs(*pair.client);
  if (!missing.empty())
    return trace::Unsupported{
        fmt::format("not on the PATH: {}", fmt::join(missing, ", ")),
        "install it (harness/setup.sh installs what the shipped clients need)"};
  return std::nullopt;
}

}  // namespace

std::optional<trace::Unsupported> unsupported(const Pair& pair, const LinkTaken& link,
                                              const io::Abilities& abilities) {
  if (auto lacking = lacking_link(*pair.scenario, link, abilities)) return lacking;
  return lacking_client(pair);
}

namespace {

/// Of the text, and of all that was added to it.
std::string hash_of(const trace::Header& header) {
  std::string all = header.scenario_text;
  for (const auto* more : {&header.scenario_parts, &header.scenario_set})
    for (const auto& [name, text] : *more)
      all += fmt::format("\n{} {}\n{}{}", name.size(), text.size(), name, text);
  return crypto::sha256_hex(as_bytes(all));
}

}  // namespace

trace::Header make_header(const Pair& pair, const LinkTaken& link, const io::Abilities& abilities,
                          const BatchOptions& options) {
  trace::Header header;
  header.version = HALFOPEN_VERSION;
  header.command = options.command;
  header.scenario = pair.scenario->name;
  header.scenario_file = pair.scenario->file;
  header.scenario_text = pair.scenario->sources->own_text();
  header.scenario_parts = pair.scenario->sources->parts();
  header.scenario_set = pair.scenario->set;
  header.scenario_hash = hash_of(header);
  header.client = pair.client->name;
  header.client_given = pair.client->given;
  header.client_can = pair.client->can;
  header.seed = options.seed + pair.seeds_later;
  header.link = link.kind == io::LinkKind::packet ? "packet" : "stream";
  header.link_why = link.why;
  header.machine = abilities.summary();
  header.started = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)));
  return header;
}

}  // namespace halfopen::cli
