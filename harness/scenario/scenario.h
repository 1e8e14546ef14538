// A scenario as plain data: what the world does and what is expected of the client. Made by the
// loader only; a loaded scenario is valid.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "faults/fault.h"
#include "link/settings.h"
#include "scenario/attempt.h"
#include "scenario/expect.h"
#include "scenario/server.h"

namespace halfopen::scenario {

struct Scenario {
  std::string name;  ///< Path below scenarios/ without .toml, or the path as given.
  std::string file;
  std::string text;  ///< The whole file.
  std::string about;
  std::vector<std::string> tags;
  std::vector<std::string> mutants;  ///< Variants of the reference client that must fail it.
  Server server;
  Page page;
  link::Link link;
  std::map<std::string, int> kernel;  ///< Settings of the client's network namespace, by name.
  std::vector<Attempt> attempts;
  std::vector<At> at;
  std::vector<When> when;
  std::vector<Reply> replies;
  std::vector<Every> every;
  Expect expect;
};

/// The table that attempt `number` (from 1) follows; null: the default (accepted and echoed).
[[nodiscard]] const Attempt* attempt_for(const Scenario& scenario, int number);

/// How the look-ups of that attempt are answered; null: by the default.
[[nodiscard]] faults::Resolution resolution_of(const Attempt* attempt);
/// Whether names are looked up with queries: some attempt has a `dns` fault.
[[nodiscard]] bool has_dns(const Scenario& scenario);

/// Other names that lead to the fake server: the hosts to which it redirects.
[[nodiscard]] std::vector<std::string> other_hosts(const Scenario& scenario);

/// Capabilities that the client must have: "reports" (expectations about its events are skipped
/// without it, so it is not listed for them), "obeys" actions ("close", "send" …), "page", "proxy",
/// "protocols", "reconnects".
[[nodiscard]] std::vector<std::string> needs_of_client(const Scenario& scenario);
/// Whether attempts that follow this table (null: the default) mean nothing to a client which does
/// not offer permessage-deflate.
[[nodiscard]] bool needs_deflate(const Scenario& scenario, const Attempt* attempt);
/// What only the packet link can do and the scenario asks for, in words; empty if any link does.
[[nodiscard]] std::vector<std::string> needs_of_packet_link(const Scenario& scenario);

/// "expect \"hello\" within 2s": one step in words.
[[nodiscard]] std::string describe(const Step& step);
/// The story of the scenario in plain words, several lines.
[[nodiscard]] std::string explain(const Scenario& scenario);

}  // namespace halfopen::scenario
