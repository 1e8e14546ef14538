// Judges a trace against its scenario. Pure: the same trace gives the same verdict anywhere.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scenario/scenario.h"
#include "trace/event.h"

namespace halfopen::judge {

enum class Outcome { pass, fail, inconclusive, unsupported, error };
[[nodiscard]] std::string_view name_of(Outcome outcome);

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
};

struct Verdict {
  Outcome outcome = Outcome::pass;
  std::vector<Failure> failures;
  std::vector<Failure> warnings;     ///< SHOULDs; failures under --strict.
  std::vector<std::string> skipped;  ///< What could not be judged, and why.
  std::string reason;                ///< inconclusive, unsupported, error: why; and the remedy.
};

struct Options {
  bool strict = false;
};

[[nodiscard]] Verdict judge(const scenario::Scenario& scenario, const trace::Trace& trace,
                            const Options& options = {});

}  // namespace halfopen::judge
