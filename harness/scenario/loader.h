// Reads TOML into scenarios and clients, and says everything that is wrong with it at once.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/client.h"
#include "scenario/expand.h"
#include "scenario/scenario.h"

namespace halfopen::scenario {

template <class T>
struct Loaded {
  std::optional<T> value;               ///< Only if there are no diagnostics.
  std::vector<Diagnostic> diagnostics;  ///< In the order of their places.
};

/// What a scenario file makes: a scenario, or one for each run that its [matrix] wants.
struct LoadedScenarios {
  std::vector<Scenario> scenarios;      ///< None if there are any diagnostics.
  std::vector<Diagnostic> diagnostics;  ///< In the order of their places, each once.
  std::shared_ptr<const Sources> sources;
  std::vector<std::string> variables;  ///< The names that have a value.
};

/// `file` is for messages, for the scenarios' names, and for the folder that paths of `include`
/// start from; nothing is read but `text` and by `given.read`.
[[nodiscard]] LoadedScenarios load_scenarios(std::string_view text, const std::string& file,
                                             const Given& given = {});
/// The first of its runs; nothing can be included.
[[nodiscard]] Loaded<Scenario> load_scenario(std::string_view text, const std::string& file);
/// The same as of one text, with the line of the file that has the mistake.
[[nodiscard]] std::string render(const Diagnostic& diagnostic, const Sources& sources);

[[nodiscard]] Loaded<Client> load_client(std::string_view text, const std::string& file);

/// What stands in a scenario's name between that of its file and the run: "close/any@code=1000".
inline constexpr char run_sign = '@';
/// The name of a file's scenario: its path below the last folder called "scenarios", without
/// ".toml"; elsewhere the last folder and the file.
[[nodiscard]] std::string scenario_name(const std::string& file);
/// "@code=1000" where the scenario of that name is a run of the file; "" where it is the file's
/// only one, or of another file.
[[nodiscard]] std::string run_of(const std::string& name, const std::string& file);

}  // namespace halfopen::scenario
