// Turns what --client says into clients.
#pragma once

#include <string>
#include <vector>

#include "scenario/client.h"
#include "scenario/known_results.h"

namespace halfopen::cli {

/// `text` is a client.toml (`clients/ws/client.toml`), a folder with one (`clients/ws`), either of
/// them with a variant (`clients/reference@no-delay`), a name below clients/ (`ws`), which is said
/// on standard error, or any command for the shell
/// (`node app.js {url}`). Throws Misuse, with all diagnostics of a bad client.toml:
/// the command line is wrong.
[[nodiscard]] scenario::Client find_client(const std::string& text);
/// The names of the clients in ./clients and of those that were installed, sorted.
[[nodiscard]] std::vector<std::string> known_clients();

/// A client given as a command can do these, too; a client.toml says itself what its client can.
[[nodiscard]] scenario::Client with_abilities(scenario::Client client,
                                              const std::vector<std::string>& abilities);

/// That client started in another way: its command with the variant's arguments. Throws Error with
/// the variants that there are.
[[nodiscard]] scenario::Client variant_of(const scenario::Client& client, const std::string& name);

/// Whether its install command has nothing to do any more.
[[nodiscard]] bool is_installed(const scenario::Client& client);

/// Runs the client's install command if it has one and is not installed yet. False where that
/// fails, which is said on standard error.
[[nodiscard]] bool install(const scenario::Client& client);

/// What its expected.toml, beside its client.toml, says; nothing where there is none. Throws
/// Misuse, with all diagnostics of a bad one, which may name none but these scenarios.
[[nodiscard]] scenario::KnownResults find_known_results(const scenario::Client& client,
                                                        const std::vector<std::string>& scenarios);

/// The words of a command line as a shell reads them: what is in quotes belongs together, and
/// operators stand by themselves.
[[nodiscard]] std::vector<std::string> words_of_command(const std::string& text);

/// Where a program lies: on the PATH, or where its path says; "" if nowhere.
[[nodiscard]] std::string find_program(const std::string& name);

/// The programs in Client::needs that are not on the PATH.
[[nodiscard]] std::vector<std::string> missing_programs(const scenario::Client& client);

}  // namespace halfopen::cli
