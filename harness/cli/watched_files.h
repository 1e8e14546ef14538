// The files that `run --watch` waits for a change of, and what has changed of them.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace halfopen::cli {

/// By which a file that was written, or replaced by another one, is told from what it was.
struct Stamp {
  std::int64_t modified = 0;  ///< Nanoseconds.
  std::uint64_t size = 0;     ///< Bytes.
  std::uint64_t number = 0;   ///< Of its inode.
  bool operator==(const Stamp&) const = default;
};

/// Files by their paths, as they were at a time.
using Snapshot = std::map<std::string, Stamp>;

/// The names of those that came, went or were written, sorted.
[[nodiscard]] std::vector<std::string> changed(const Snapshot& before, const Snapshot& after);
/// Only those that a client does not write while it runs: *.toml.
[[nodiscard]] Snapshot only_written_by_people(const Snapshot& files);

class WatchedFiles {
 public:
  /// As `run` is given them: scenarios by file, folder or name, clients by client.toml, folder,
  /// name or command. Of what is not there the place where it is to come is watched.
  WatchedFiles(const std::vector<std::string>& scenarios, const std::vector<std::string>& clients);

  /// Looks at all of them. Of a folder of scenarios: each *.toml below it; of a client's folder
  /// each file below it, up to 10,000. Neither has what is hidden, node_modules or __pycache__.
  [[nodiscard]] Snapshot look() const;
  /// Where something happens when one of them changes, or when one is added.
  [[nodiscard]] std::vector<std::string> folders() const;

 private:
  void add_client(const std::string& client);
  void add_command(const std::string& command);

  std::vector<std::string> files_;
  std::vector<std::string> scenario_folders_;
  std::vector<std::string> client_folders_;
};

}  // namespace halfopen::cli
