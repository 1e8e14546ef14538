// How the gaps between a client's attempts grow, in one run.
#include "judge/curve.h"

#include <algorithm>
#include <array>

#include "judge/checks.h"
#include "judge/gaps.h"
#include "judge/series.h"

namespace halfopen::judge {
namespace {

// As growth.h wants them.
Gaps measured_gaps(const Evidence& evidence) {
  Gaps gaps;
  for (const AttemptView* before : with_gaps(evidence)) {
    const Duration end = (before + 1)->began;
    const Duration begin = end - *before->gap_to_next;
    gaps.push_back({*before->gap_to_next, 2 * evidence.lag_at_ends(begin, end) + evidence.link_late,
                    before->gap_at_most, open_before(evidence, *before)});
  }
  return gaps;
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
  const bool frozen = std::ranges::any_of(evidence.attempts, &AttemptView::gap_frozen);
  const auto note = evidence.reports || frozen ? undecided : not_judged;
  note(verdict, failure.expectation, failure.line, why::GapsFromAbove{gaps.size(), known}, 0, {});
  return true;
}

}  // namespace

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

Answer answer_of(const Growth& growth, bool wanted) {
  if (wanted || growth.answer == Answer::cannot_tell) return growth.answer;
  if (growth.answer == Answer::no) return Answer::yes;
  return growth.proven ? Answer::no : Answer::cannot_tell;
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

}  // namespace halfopen::judge
