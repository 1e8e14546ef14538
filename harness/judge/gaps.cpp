// The curve: how long the client waited between its attempts.
#include <algorithm>
#include <array>

#include "judge/checks.h"
#include "judge/curve_fit.h"
#include "judge/growth.h"
#include "judge/series.h"
#include "judge/unasked.h"

namespace halfopen::judge {
namespace {

/// The attempts behind which there is a gap; each has a successor in `evidence.attempts`.
std::vector<const AttemptView*> with_gaps(const Evidence& evidence) {
  std::vector<const AttemptView*> with;
  for (const AttemptView& attempt : evidence.attempts)
    if (attempt.gap_to_next) with.push_back(&attempt);
  return with;
}

seen::Gap gap_between(int index, const AttemptView& before, const AttemptView& after) {
  return {index,
          ending_of(before),
          after.number,
          after.began,
          *before.gap_to_next,
          before.gap_at_most,
          before.overlapped};
}

// How far outside the range.
Duration distance(const DurationRange& range, Duration gap) {
  return gap < range.lo ? range.lo - gap : gap - range.hi;
}

// Of the gap with that number, from 1.
Measure measure_of(const Evidence& evidence, int index, const DurationRange& range) {
  const AttemptView* before = &evidence.attempts[static_cast<std::size_t>(index) - 1];
  const Duration tolerance = evidence.tolerance(before->began, (before + 1)->began);
  return measured(range, *before->gap_to_next, tolerance);
}

// Whether it held; `asked` has the number of the gap.
bool check_gap(const Evidence& evidence, Verdict& verdict, const Expectation& asked,
               const DurationRange& range, int line) {
  const auto index = static_cast<std::size_t>(asked.index);
  const AttemptView& before = evidence.attempts[index - 1];
  const AttemptView& after = evidence.attempts[index];
  const Duration gap = *before.gap_to_next;
  if (range.contains(gap) && !before.gap_at_most) return true;
  const seen::Gap seen = gap_between(asked.index, before, after);
  const Measure measure = measure_of(evidence, asked.index, range);
  if (before.gap_at_most && gap >= range.lo) {
    // It lies somewhere between zero and `gap`, and both ends fit, or there is no telling.
    if (range.lo == Duration::zero() && gap <= range.hi) return true;
    // A client that does not report when it gave up cannot show it.
    const auto note = evidence.reports ? undecided : not_judged;
    note(verdict, asked, line, why::GapUnknown{seen, range}, after.number, measure);
    return false;
  }
  Failure failure{asked, line, range, seen, after.number};
  failure.measure = measure;
  failure.timing = evidence.late_enough(distance(range, gap), before.began, after.began);
  fail(evidence, verdict, std::move(failure));
  return false;
}

void check_listed(const Evidence& evidence, Verdict& verdict) {
  const auto& wanted = evidence.expect().gaps;
  const std::size_t seen = with_gaps(evidence).size();
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const int index = static_cast<int>(i) + 1;
    const Expectation asked{Kind::gaps, index};
    const auto& [range, place] = wanted[i];
    if (i < seen) {
      if (check_gap(evidence, verdict, asked, range, place.line))
        hold(verdict, asked, place.line, measure_of(evidence, index, range));
      continue;
    }
    // An attempt that is named may still come while the client has its last connection; and one
    // that was missed says it for all behind it.
    const bool may_come = last_lives(evidence) && no_more_gaps_asked_for(evidence, seen);
    if (i == seen && !may_come)
      fail_missing(evidence, verdict, {asked, place.line, range, seen::NoGap{seen}});
    else
      undecided(verdict, asked, place.line, why::NoAttempt{index + 1});
  }
}

// Of the longest: there may be thousands of gaps.
void hold_every_gap(const Evidence& evidence, Verdict& verdict, std::size_t gaps) {
  const auto& every = evidence.expect().every_gap;
  std::optional<Measure> longest;
  for (std::size_t i = 1; i <= gaps; ++i)
    keep_largest(longest, measure_of(evidence, static_cast<int>(i), every->value));
  hold(verdict, {Kind::every_gap}, every->place.line, longest);
}

// As growth.h wants them.
Gaps measured_gaps(const Evidence& evidence) {
  Gaps gaps;
  for (const AttemptView* before : with_gaps(evidence)) {
    const Duration end = (before + 1)->began;
    const Duration begin = end - *before->gap_to_next;
    // One that lives for `settle` is a success, and a curve may begin anew behind it.
    const Duration open = before->opened ? begin - *before->opened : Duration::zero();
    gaps.push_back({*before->gap_to_next, 2 * evidence.lag_at_ends(begin, end) + evidence.link_late,
                    before->gap_at_most,
                    open >= evidence.expect().settle ? open : Duration::zero()});
  }
  return gaps;
}

std::vector<Duration> lengths_of(const Gaps& gaps) {
  std::vector<Duration> lengths;
  for (const Gap& gap : gaps) lengths.push_back(gap.length);
  return lengths;
}

Policy policy_of(const scenario::Curve& curve) {
  using Jitter = scenario::Curve::Jitter;
  Policy policy{curve.base, curve.factor, std::nullopt, Policy::Jitter::none, curve.share};
  if (curve.cap != forever) policy.cap = curve.cap;
  switch (curve.jitter) {
    case Jitter::none:
      break;
    case Jitter::full:
      policy.jitter = Policy::Jitter::full;
      break;
    case Jitter::equal:
      policy.jitter = Policy::Jitter::equal;
      break;
    case Jitter::decorrelated:
      policy.jitter = Policy::Jitter::decorrelated;
      break;
    case Jitter::share:
      policy.jitter = Policy::Jitter::share;
      break;
  }
  return policy;
}

// Whether what was asked held: that the gaps grow, or that they do not.
Answer answer_of(const Growth& growth, bool wanted) {
  if (wanted || growth.answer == Answer::cannot_tell) return growth.answer;
  if (growth.answer == Answer::no) return Answer::yes;
  return growth.proven ? Answer::no : Answer::cannot_tell;
}

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

// So few gaps tell of no curve. That is not the client's fault where nothing asked it for more.
void take_too_few(const Evidence& evidence, Verdict& verdict, Failure failure, std::size_t gaps) {
  if (const auto few = no_more_gaps_asked_for(evidence, gaps))
    return not_judged(verdict, failure.expectation, failure.line, *few);
  failure.seen = seen::NoGap{gaps};
  fail_missing(evidence, verdict, std::move(failure));
}

// Whether so few of the gaps are known that no curve can be seen in them; says so.
bool are_too_few(const Evidence& evidence, Verdict& verdict, const Failure& failure,
                 const Gaps& gaps) {
  constexpr std::size_t needed = 2;
  if (gaps.size() < needed) {
    take_too_few(evidence, verdict, failure, gaps.size());
    return true;
  }
  const auto known = static_cast<std::size_t>(std::ranges::count(gaps, false, &Gap::at_most));
  if (known >= needed) return false;
  // A client that does not report when it gave up cannot show them.
  const auto note = evidence.reports ? undecided : not_judged;
  note(verdict, failure.expectation, failure.line, why::GapsFromAbove{gaps.size(), known}, 0, {});
  return true;
}

}  // namespace

void check_gaps(const Evidence& evidence, Verdict& verdict) {
  check_listed(evidence, verdict);
  const auto& every = evidence.expect().every_gap;
  if (!every) return;
  const std::size_t seen = with_gaps(evidence).size();
  for (std::size_t i = 1; i <= seen; ++i)
    check_gap(evidence, verdict, {Kind::every_gap, static_cast<int>(i)}, every->value,
              every->place.line);
  if (seen > 0 && !is_settled(verdict, Kind::every_gap)) hold_every_gap(evidence, verdict, seen);
  if (seen == 0)
    take_too_few(evidence, verdict, {{Kind::every_gap}, every->place.line, every->value, {}}, 0);
}

void check_growing(const Evidence& evidence, Verdict& verdict) {
  const auto& wanted = evidence.expect().growing;
  if (!wanted) return;
  const int line = wanted->place.line;
  const Gaps gaps = measured_gaps(evidence);
  Failure failure{{Kind::growing}, line, wanted::Growing{wanted->value}, {}};
  verdict.gaps = gaps;
  const Growth growth = grows_in_series(std::array{gaps});
  const Answer answer = answer_of(growth, wanted->value);
  const seen::Gaps seen{lengths_of(gaps), growth};
  if (answer == Answer::cannot_tell && are_too_few(evidence, verdict, failure, gaps)) return;
  if (answer == Answer::cannot_tell)
    return undecided(verdict, {Kind::growing}, line, why::GapsDoNotTell{seen, false});
  if (answer == Answer::yes) return hold(verdict, {Kind::growing}, line);
  failure.seen = seen;
  failure.timing = evidence.unreliable;
  fail(evidence, verdict, std::move(failure));
}

void check_curve(const Evidence& evidence, Verdict& verdict) {
  const auto& wanted = evidence.expect().curve;
  if (!wanted) return;
  const int line = wanted->place.line;
  const Gaps gaps = measured_gaps(evidence);
  Failure failure{{Kind::curve}, line, wanted->value, {}};
  verdict.gaps = gaps;
  const CurveFit fit = fits_in_series(policy_of(wanted->value), std::array{gaps});
  const seen::Gaps seen{lengths_of(gaps), fit};
  if (fit.answer == Answer::cannot_tell && are_too_few(evidence, verdict, failure, gaps)) return;
  if (fit.answer == Answer::cannot_tell)
    return undecided(verdict, {Kind::curve}, line, why::GapsDoNotTell{seen, true});
  if (fit.answer == Answer::yes) return hold(verdict, {Kind::curve}, line);
  failure.seen = seen;
  if (fit.misfit != Misfit::too_short_together)
    failure.measure = measured(fit.allowed, gaps.at(fit.gap).length, gaps.at(fit.gap).doubt);
  failure.timing = evidence.unreliable;
  fail(evidence, verdict, std::move(failure));
}

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
