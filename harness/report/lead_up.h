// What led to a failure: the few events around it, in plain sentences.
#pragma once

#include <string>
#include <vector>

#include "judge/decision.h"
#include "report/report.h"

namespace halfopen::report {

struct Sentence {
  Duration at{};  ///< Since the start of the run.
  std::string text;
};

struct LeadUp {
  int before = 0;  ///< So many attempts came before those that are told.
  std::vector<Sentence> sentences;
};

/// In the order of time: when attempts began, what was done to them, who ended them, the gaps
/// between them beside those that were asked for, and what the client said of it. The result must
/// have its events.
[[nodiscard]] LeadUp lead_up(const Result& result, const judge::Failure& failure);

/// "1.99 s too long", "2 too few"; "" where the number is right, or is none that can be too large.
[[nodiscard]] std::string off_by(const judge::Measure& measure);

}  // namespace halfopen::report
