// Judges a trace against its scenario. Pure: the same trace gives the same verdict anywhere. A
// verdict is data: what was wanted, what was seen, and the number between them; report/ has the
// words.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "judge/decision.h"
#include "judge/growth.h"
#include "judge/reason.h"
#include "scenario/scenario.h"
#include "trace/event.h"

namespace halfopen::judge {

enum class Outcome { pass, fail, inconclusive, unsupported, error };
[[nodiscard]] std::string_view name_of(Outcome outcome);

struct Verdict {
  Outcome outcome = Outcome::pass;
  std::vector<Failure> failures;
  std::vector<Failure> warnings;    ///< SHOULDs; failures under --strict.
  std::vector<Decision> decisions;  ///< Everything that was asked, but for what is broken.
  Reason reason{};                  ///< inconclusive, unsupported, error: why; and the remedy.
  /// Something that was asked for held, or is broken beyond doubt: it tells of the client.
  bool judged = false;
  /// The gaps, where `growing` or `curve` asks for them and nothing of the run is missing: several
  /// runs may decide together what one leaves open.
  Gaps gaps{};
};

/// Whether it is an error that is halfopen's own, and not the client's or the user's.
[[nodiscard]] bool is_own_fault(const Verdict& verdict);

struct Options {
  bool strict = false;
};

[[nodiscard]] Verdict judge(const scenario::Scenario& scenario, const trace::Trace& trace,
                            const Options& options = {});

/// What chance may have made in each run, several runs of one client under one scenario decide by
/// their gaps together: `growing` and `curve` where they are not decided. Pure.
void decide_together(const scenario::Scenario& scenario, std::span<Verdict* const> runs);

}  // namespace halfopen::judge
