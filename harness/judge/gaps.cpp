// How long the client waited between its attempts, one by one.
#include "judge/gaps.h"

#include <algorithm>

#include "judge/checks.h"
#include "judge/unasked.h"

namespace halfopen::judge {
namespace {

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
    const auto note = evidence.reports || before.gap_frozen ? undecided : not_judged;
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

}  // namespace

Duration open_before(const Evidence& evidence, const AttemptView& before) {
  if (!before.opened || !before.gap_to_next) return Duration::zero();
  const Duration next_began = (&before + 1)->began;
  const Duration open = next_began - *before.gap_to_next - *before.opened;
  return open >= evidence.expect().settle ? open : Duration::zero();
}

std::vector<const AttemptView*> with_gaps(const Evidence& evidence) {
  std::vector<const AttemptView*> with;
  for (const AttemptView& attempt : evidence.attempts)
    if (attempt.gap_to_next) with.push_back(&attempt);
  return with;
}

void take_too_few(const Evidence& evidence, Verdict& verdict, Failure failure, std::size_t gaps) {
  if (const auto few = no_more_gaps_asked_for(evidence, gaps))
    return not_judged(verdict, failure.expectation, failure.line, *few);
  failure.seen = seen::NoGap{gaps};
  fail_missing(evidence, verdict, std::move(failure));
}

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

}  // namespace halfopen::judge
