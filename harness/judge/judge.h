// Judges a trace against its scenario. Pure: the same trace gives the same verdict anywhere.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/scenario.h"
#include "trace/event.h"

namespace halfopen::judge {

enum class Outcome { pass, fail, inconclusive, unsupported, error };
[[nodiscard]] std::string_view name_of(Outcome outcome);

/// A number that was wanted to be in a range, and was not.
struct Measure {
  enum class Unit { count, microseconds, bytes, code };
  Unit unit = Unit::count;
  std::int64_t lowest = 0;              ///< Of the range, inclusive …
  std::optional<std::int64_t> highest;  ///< … none: without an end.
  std::int64_t value = 0;               ///< What was measured.
  /// By how much halfopen's own lateness may have moved it.
  std::int64_t tolerance = 0;

  /// How far it is outside of the range; 0 inside.
  [[nodiscard]] std::int64_t margin() const {
    if (value < lowest) return lowest - value;
    return highest && value > *highest ? value - *highest : 0;
  }
};

/// One thing that was expected and not seen.
struct Failure {
  std::string expectation;  ///< "gaps[2]", "invariant one-connecting", "step expect \"hello\""
  int line = 0;             ///< In the scenario; 0 for an invariant.
  std::string expected;
  std::string seen;  ///< With the times.
  int attempt = 0;
  std::vector<std::string> passed_steps{};  ///< Of that attempt, before it went wrong.
  /// halfopen was late, when it mattered, by as much as the time was missed by: it decides nothing.
  bool timing = false;
  /// It had not come when the run ended, and might have come later.
  bool missing = false;
  /// Where a number was asked for.
  std::optional<Measure> measure{};
};

/// What became of an expectation. Not decided: the run, or halfopen, was too short or too late for
/// it. Not judged: this client or this link cannot show it.
enum class Status { held, broken, not_decided, not_judged };
[[nodiscard]] std::string_view name_of(Status status);

struct Decision {
  std::string expectation;
  int line = 0;  ///< In the scenario; 0 for none.
  Status status = Status::held;
  std::string why;  ///< Of those that were not decided or not judged.
};

struct Verdict {
  Outcome outcome = Outcome::pass;
  std::vector<Failure> failures;
  std::vector<Failure> warnings;    ///< SHOULDs; failures under --strict.
  std::vector<Decision> decisions;  ///< Everything that was asked, but for what is broken.
  std::string reason;               ///< inconclusive, unsupported, error: why; and the remedy.
  bool own_fault = false;           ///< error: it is halfopen's.
};

struct Options {
  bool strict = false;
};

[[nodiscard]] Verdict judge(const scenario::Scenario& scenario, const trace::Trace& trace,
                            const Options& options = {});

}  // namespace halfopen::judge
