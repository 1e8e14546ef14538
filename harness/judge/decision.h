// What became of one expectation.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "judge/expectation.h"
#include "judge/measure.h"
#include "judge/seen.h"
#include "judge/wanted.h"
#include "judge/why.h"

namespace halfopen::judge {

/// One thing that was expected and not seen.
struct Failure {
  Expectation expectation;
  int line = 0;  ///< In the scenario; 0 for an invariant.
  Wanted wanted;
  Seen seen;
  int attempt = 0;
  std::vector<std::string> passed_steps{};  ///< Of that attempt, before it went wrong.
  /// halfopen was late, when it mattered, by as much as the time was missed by: it decides nothing.
  bool timing = false;
  /// It had not come when the run ended, and might have come later.
  bool missing = false;
  /// Where a number was asked for.
  std::optional<Measure> measure{};
  int client = 1;      ///< The subject that it is about.
  std::string file{};  ///< The part that the line is of; "": the scenario's own file.
};

/// Not decided: the run, or halfopen, was too short or too late for it. Not judged: this client or
/// this link cannot show it.
enum class Status { held, broken, not_decided, not_judged };
[[nodiscard]] std::string_view name_of(Status status);

struct Decision {
  Expectation expectation;
  int line = 0;  ///< In the scenario; 0 for none.
  Status status = Status::held;
  Why why{};        ///< Of those that were not decided or not judged.
  int attempt = 0;  ///< 0: it is about no single one.
  std::optional<Measure> measure{};
  int client = 1;
  int times = 1;       ///< So often it held: a step, which every attempt of its table comes to.
  std::string file{};  ///< As in Failure.
};

/// Whether the scenario asks for it. What stands in every scenario (the invariants, `settle`,
/// `within`, that the client does not crash) holds of a client that does nothing at all, and so
/// tells of none.
[[nodiscard]] bool is_asked_for(const Expectation& expectation);

}  // namespace halfopen::judge
