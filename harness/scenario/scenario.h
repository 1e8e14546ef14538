// A scenario as plain data: what the world does and what is expected of the client. Made by the
// loader only; a loaded scenario is valid.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "faults/fault.h"
#include "link/settings.h"
#include "scenario/attempt.h"
#include "scenario/expect.h"
#include "scenario/server.h"
#include "scenario/sources.h"

namespace halfopen::scenario {

/// A name that stands for a value in a scenario.
struct Variable {
  std::string name;
  std::string value;  ///< In JSON's notation.
  int choices = 0;    ///< So many values [matrix] has for it; 0: it is not of [matrix].
};

struct Scenario {
  /// Path below scenarios/ without .toml, or the path as given; where [matrix] makes several runs
  /// of a file, "@code=1000" behind it.
  std::string name;
  std::string file;
  std::string run;  ///< "code=1000": which of the file's runs; "": the only one.
  /// The file, and what it includes. Never null in a scenario that was loaded.
  std::shared_ptr<const Sources> sources = std::make_shared<const Sources>();
  std::vector<Variable> variables;
  /// Values from outside, in place of those in the file: name and text.
  std::vector<std::pair<std::string, std::string>> set;
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
