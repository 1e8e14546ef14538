// A client under test: how to install it, how to start it, what it can do. From a `client.toml`
// or from a command line.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"

namespace halfopen::scenario {

/// The same client started in another way, such as a mutant of the reference client.
struct Variant {
  std::string about;
  std::vector<std::string> arguments;  ///< Added to the command.
};

struct Client {
  std::string name;
  std::string given;  ///< What names it on the command line, for repeating a run.
  std::string about;
  bool bare = false;                 ///< A command, without a client.toml.
  std::string directory;             ///< Where it is started; "" for the current one.
  std::vector<std::string> command;  ///< With placeholders: {url}, {host}, {port}, {ca} …
  std::vector<std::string> install;  ///< Command that makes it ready; run once in `directory`.
  std::string installed;  ///< A path that exists once it is installed; "" if nothing is needed.
  std::vector<std::string> needs;  ///< Programs it needs on the PATH ("node", "chromium").
  std::vector<std::string> can;    ///< "reports", "page", "proxy", "protocols", "reconnects",
                                   ///< "gave-up", and the actions that it obeys.
  std::string page;  ///< HTML file for clients that open a page, relative to directory.
  int weight = 1;    ///< Share of a core that its start costs: 1 light … 8 a browser.
  std::map<std::string, Variant> variants;    ///< `client.toml@NAME` on the command line.
  std::map<std::string, std::string> policy;  ///< Its documented reconnect policy, as written.
};

/// What is wrong with the placeholders in a word of a command, such as {uri}; "" if nothing is.
[[nodiscard]] std::string placeholder_problem(std::string_view word);
/// What is wrong with a word of `can` that nobody knows and that is close to a known one; or "": an
/// action of a client's own may have any name.
[[nodiscard]] std::string ability_problem(const std::string& word);

/// A client whose command is `words`; its name is the program's base name. It is taken to
/// reconnect, and to do nothing else that it does not show.
[[nodiscard]] Client client_from_command(const std::vector<std::string>& words);

}  // namespace halfopen::scenario
