// What those who are not halfopen say about its faults: the files of tests/e2e/outsiders, one for
// each program that looks at them (and one for the bytes written out in RFC 6455).
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace halfopen::tests {

/// One fault, or one key of the scenario language, and how the outsider names it.
struct Row {
  int line = 0;
  std::string fault;      ///< "tls/expired"; "" where it is a key.
  std::string key;        ///< "handshake.status": the section and the key; "" where it is a fault.
  std::string with;       ///< TOML of a fault's parameters: `code = "net"`.
  std::string attempt;    ///< TOML of the attempt where that is not the fault alone.
  std::string server;     ///< TOML of its [server].
  std::string link;       ///< TOML of its [link].
  std::string over;       ///< The link it needs: "packet" or "stream".
  std::string command;    ///< Which of the outsider's commands; that of its layer unless said.
  std::string arguments;  ///< Of the outsider's command line.
  std::string attempts;   ///< As in [expect]; usually "1".
  std::optional<int> exit;
  std::string says;    ///< A regular expression that a line of its output matches.
  std::string alert;   ///< The TLS alert that it sends.
  std::string filter;  ///< tshark's: a display filter that a packet passes.
  std::string never;   ///< tshark's: a display filter that no packet passes.
  std::string acts;    ///< RFC bytes: "send 81 05 …", the acts and their bytes.

  /// What it is about: the fault or the key.
  [[nodiscard]] const std::string& subject() const { return fault.empty() ? key : fault; }
  /// "tls" of "tls/expired", "handshake" of "handshake.status".
  [[nodiscard]] std::string layer() const;
};

struct Outsider {
  std::string name;     ///< The file's, without .toml.
  std::string file;     ///< Its path.
  std::string about;    ///< What it is and what it looks at, for people.
  std::string program;  ///< To be found on the PATH; "" if it is none.
  std::string package;  ///< Debian's.
  /// How it is started, by the layer of the row ("any": the others); {arguments} are the row's,
  /// {clients} is tests/e2e/clients.
  std::vector<std::pair<std::string, std::string>> commands;
  std::vector<std::string> waive;  ///< Invariants that it does not keep, being no such client.
  std::vector<Row> rows;
};

/// The text with a value in the place of each "{hole}".
[[nodiscard]] std::string filled(std::string text, const std::string& hole,
                                 const std::string& value);
/// The command line for that row, whole; throws Error if the file has none for its layer.
[[nodiscard]] std::string command_for(const Outsider& outsider, const Row& row);
/// A scenario in which the fault strikes once; `expectations` are lines of [expect].
[[nodiscard]] std::string scenario_of(const Row& row, const std::string& expectations);

/// Throws Error with the place and the remedy of each mistake.
[[nodiscard]] Outsider load_outsider(const std::string& name);
/// All of the folder, by name.
[[nodiscard]] std::vector<Outsider> load_outsiders();

}  // namespace halfopen::tests
