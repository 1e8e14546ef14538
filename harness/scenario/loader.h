// Reads TOML into scenarios and clients, and says everything that is wrong with it at once.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/client.h"
#include "scenario/scenario.h"

namespace halfopen::scenario {

template <class T>
struct Loaded {
  std::optional<T> value;               ///< Only if there are no diagnostics.
  std::vector<Diagnostic> diagnostics;  ///< In the order of their places.
};

/// `file` is for messages and for the scenario's name only; nothing is read but `text`.
[[nodiscard]] Loaded<Scenario> load_scenario(std::string_view text, const std::string& file);
[[nodiscard]] Loaded<Client> load_client(std::string_view text, const std::string& file);

/// A scenario's name: its path below the last folder called "scenarios", without ".toml"; elsewhere
/// the last folder and the file.
[[nodiscard]] std::string scenario_name(const std::string& file);

}  // namespace halfopen::scenario
