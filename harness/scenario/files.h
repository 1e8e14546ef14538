// Finds and reads scenario files.
#pragma once

#include <string>
#include <vector>

namespace halfopen::scenario {

/// The whole text of a regular file of at most 1 MiB; throws Error.
[[nodiscard]] std::string read_file(const std::string& path);

/// The file or folder that a person named, by the rules of find_scenarios; "" if there is none.
[[nodiscard]] std::string find_place(const std::string& named);

/// Scenario files for what a person named: a file, a folder (every *.toml below it but
/// those of clients, sorted; hidden folders are left out, and those called `parts`, whose files are
/// there to be included), or the name of a scenario or theme below
/// ./scenarios or, if it is not there, below the folder that was installed with the program. Throws
/// Error if there is no such thing, or nothing in it.
[[nodiscard]] std::vector<std::string> find_scenarios(const std::string& named);
/// The same for several, without repeating a file; for none: all below `scenarios`.
[[nodiscard]] std::vector<std::string> find_scenarios(const std::vector<std::string>& named);

/// A scenario file, and which of its runs somebody meant: "code=1000", "" for all that there are.
struct Chosen {
  std::string file;
  std::string run;

  bool operator==(const Chosen&) const = default;
};
/// The same as find_scenarios, where a run of a file may be named behind it: "close/any@code=1000",
/// "any.toml@code=1000". Whether the file has that run is not looked at.
[[nodiscard]] std::vector<Chosen> choose_scenarios(const std::vector<std::string>& named);

/// The names of all scenarios that there are, each run of a file by its own: below ./scenarios,
/// installed, and in the folders of these files.
[[nodiscard]] std::vector<std::string> scenario_names(const std::vector<std::string>& files);

/// What a TOML file is by its name and place. `expected` is an expected.toml beside a client.toml;
/// elsewhere it is a scenario like any other. `part`: its folder is called `parts`.
enum class FileKind { scenario, part, client, expected };
[[nodiscard]] FileKind kind_of_file(const std::string& path);

/// The files called client.toml at or below that path, sorted; none if there are none.
[[nodiscard]] std::vector<std::string> find_clients(const std::string& path);

}  // namespace halfopen::scenario
