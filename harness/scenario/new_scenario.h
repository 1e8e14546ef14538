// A scenario written for somebody who has none yet: one fault, and what is expected of the client.
#pragma once

#include <optional>
#include <string>

#include "base/time.h"
#include "faults/fault.h"

namespace halfopen::scenario {

/// What goes wrong: a fault of the catalogue, a Close code, or an HTTP status in place of 101.
struct Trouble {
  const faults::Fault* fault = nullptr;
  std::optional<int> close{};
  std::optional<int> status{};
};

struct NewScenario {
  std::string about{};  ///< "": the fault's own sentence.
  Trouble trouble;
  /// For how long a connection is open before it strikes; of those that strike an open one.
  Duration after = std::chrono::milliseconds(300);
  int times = 1;                  ///< So many attempts meet it, one after the other.
  std::optional<int> attempts{};  ///< How many the client is to make; none: until it gets through.
  /// Between the first and the second; "": from none to 30 s, where there is a second.
  std::string gap{};
};

/// "drop=reset", "close=1001", "handshake=503", or a fault's name alone where no other has it.
/// Throws Error with the nearest name.
[[nodiscard]] Trouble read_trouble(const std::string& text);
/// The same the other way round: "drop=reset".
[[nodiscard]] std::string name_of(const Trouble& trouble);
/// In one sentence.
[[nodiscard]] std::string about(const Trouble& trouble);

/// The file, with comments. The loader takes it where `attempts` and `gap` are such that it can.
[[nodiscard]] std::string write_scenario(const NewScenario& wanted);

}  // namespace halfopen::scenario
