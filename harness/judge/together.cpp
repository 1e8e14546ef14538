// What the gaps of several runs of one client say together, where those of one do not tell.
#include <algorithm>
#include <variant>

#include "judge/checks.h"
#include "judge/curve.h"
#include "judge/series.h"

namespace halfopen::judge {
namespace {

// What several runs tell about `growing` or `curve`.
struct Together {
  Kind kind;
  Answer answer;
  Wanted wanted;
  std::variant<Growth, CurveFit> found;
  std::size_t runs;
};

// Whether it was left open for the gaps alone: for what chance may have made them, or their number.
bool is_open_for_gaps(const Decision& decision) {
  return std::holds_alternative<why::GapsDoNotTell>(decision.why) ||
         std::holds_alternative<why::TooFewGaps>(decision.why) ||
         std::holds_alternative<why::GapsFromAbove>(decision.why);
}

void settle(const Together& together, Verdict& run) {
  const auto open = std::ranges::find_if(run.decisions, [&](const Decision& each) {
    return each.expectation.kind == together.kind && is_open_for_gaps(each);
  });
  if (run.gaps.empty() || open == run.decisions.end()) return;
  const seen::Gaps seen{lengths_of(run.gaps), together.found, together.runs};
  switch (together.answer) {
    case Answer::cannot_tell:
      if (std::holds_alternative<why::GapsDoNotTell>(open->why))
        open->why = why::GapsDoNotTell{seen, together.kind == Kind::curve};
      return;
    case Answer::yes:
      open->status = Status::held;
      open->why = why::ToldTogether{together.runs};
      return;
    case Answer::no:
      run.failures.push_back({open->expectation, open->line, together.wanted, seen});
      run.failures.back().file = open->file;
      run.decisions.erase(open);
      return;
  }
}

// Once its gaps have been decided by others: what had been left open for them alone is decided,
// too.
void decide_anew(Verdict& run, std::size_t failures_before) {
  const bool broken = run.failures.size() > failures_before;
  const auto open = std::ranges::find(run.decisions, Status::not_decided, &Decision::status);
  run.judged = run.judged || broken || any_held(run);
  if (broken) {
    run.outcome = Outcome::fail;
    run.reason = {};
  } else if (std::holds_alternative<reason::Undecided>(run.reason)) {
    const bool all = open == run.decisions.end();
    run.outcome = all ? Outcome::pass : Outcome::inconclusive;
    run.reason = all ? Reason() : Reason(reason::Undecided{*open});
  } else if (std::holds_alternative<reason::NothingJudged>(run.reason) && any_held(run)) {
    run.outcome = Outcome::pass;
    run.reason = {};
  }
}

}  // namespace

void decide_together(const scenario::Scenario& scenario, std::span<Verdict* const> runs) {
  const scenario::Expect& expect = scenario.expect;
  std::vector<Gaps> gaps;
  for (const Verdict* run : runs)
    if (!run->gaps.empty()) gaps.push_back(run->gaps);
  if (gaps.size() < 2) return;
  std::vector<Together> answers;
  if (expect.growing) {
    const bool wanted = expect.growing->value;
    const Growth growth = grows_in_series(gaps);
    answers.push_back(
        {Kind::growing, answer_of(growth, wanted), wanted::Growing{wanted}, growth, gaps.size()});
  }
  if (expect.curve) {
    const CurveFit fit = fits_in_series(policy_of(expect.curve->value), gaps);
    answers.push_back({Kind::curve, fit.answer, expect.curve->value, fit, gaps.size()});
  }
  for (Verdict* run : runs) {
    const std::size_t failures = run->failures.size();
    for (const Together& answer : answers) settle(answer, *run);
    if (!run->gaps.empty()) decide_anew(*run, failures);
  }
}

}  // namespace halfopen::judge
