// The curve: how long the client waited between its attempts.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/units.h"
#include "judge/checks.h"
#include "judge/curve_fit.h"
#include "judge/growth.h"
#include "judge/words.h"
#include "scenario/words.h"

namespace halfopen::judge {
namespace {

/// The attempts behind which there is a gap; each has a successor in `evidence.attempts`.
std::vector<const AttemptView*> with_gaps(const Evidence& evidence) {
  std::vector<const AttemptView*> with;
  for (const AttemptView& attempt : evidence.attempts)
    if (attempt.gap_to_next) with.push_back(&attempt);
  return with;
}

std::string describe_gap(std::size_t index, const AttemptView& before, const AttemptView& after) {
  if (before.overlapped)
    return fmt::format("there was no gap {}: attempt {} began at {}, and {}", index, after.number,
                       moment(after.began), ending(before));
  return fmt::format("gap {} was {}{} ({}, attempt {} began at {})", index,
                     before.gap_at_most ? "at most " : "", span(*before.gap_to_next),
                     ending(before), after.number, moment(after.began));
}

std::string seen_gaps(std::size_t seen) {
  return seen == 0 ? "there was no second attempt, and so no gap"
                   : fmt::format("there was no more than {}", count_of(seen, "gap"));
}

// How far outside the range.
Duration distance(const DurationRange& range, Duration gap) {
  return gap < range.lo ? range.lo - gap : gap - range.hi;
}

void check_gap(const Evidence& evidence, Verdict& verdict, std::size_t index,
               const DurationRange& range, const std::string& name, int line) {
  const AttemptView& before = evidence.attempts[index - 1];
  const AttemptView& after = evidence.attempts[index];
  const Duration gap = *before.gap_to_next;
  if (range.contains(gap) && !before.gap_at_most) return;
  const std::string seen = describe_gap(index, before, after);
  if (before.gap_at_most && gap >= range.lo) {
    // It lies somewhere between zero and `gap`, and both ends fit, or there is no telling.
    const std::string why = fmt::format("{}; expected {}", seen, format(range));
    if (range.lo == Duration::zero() && gap <= range.hi) return;
    // A client that does not report when it gave up cannot show it.
    return evidence.reports ? undecided(verdict, name, line, why)
                            : not_judged(verdict, name, line, why);
  }
  Failure failure{name, line, format(range), seen, after.number};
  failure.measure = measured(range, gap, evidence.tolerance(before.began, after.began));
  failure.timing = evidence.late_enough(distance(range, gap), before.began, after.began);
  fail(evidence, verdict, std::move(failure));
}

void check_listed(const Evidence& evidence, Verdict& verdict) {
  const auto& wanted = evidence.expect().gaps;
  const std::size_t seen = with_gaps(evidence).size();
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const std::string name = fmt::format("gaps[{}]", i + 1);
    const auto& [range, place] = wanted[i];
    if (i >= seen)
      return fail_missing(evidence, verdict, {name, place.line, format(range), seen_gaps(seen)});
    check_gap(evidence, verdict, i + 1, range, name, place.line);
  }
}

// As growth.h wants them.
Gaps measured_gaps(const Evidence& evidence) {
  Gaps gaps;
  for (const AttemptView* before : with_gaps(evidence)) {
    const Duration end = (before + 1)->began;
    const Duration begin = end - *before->gap_to_next;
    gaps.push_back({*before->gap_to_next, 2 * evidence.lag_at_ends(begin, end) + evidence.link_late,
                    before->gap_at_most});
  }
  return gaps;
}

std::string list(const Gaps& gaps) {
  constexpr std::size_t most = 12;
  std::string text;
  for (std::size_t i = 0; i < std::min(gaps.size(), most); ++i)
    text += (i == 0 ? "" : ", ") + span(gaps[i].length);
  return gaps.size() > most ? text + " …" : text;
}

std::string in_words(const Growth& growth) {
  if (!growth.stagnation) return "";
  switch (*growth.stagnation) {
    case Stagnation::constant:
      return ", always the same delay";
    case Stagnation::hot:
      return ", no delay worth the name";
    case Stagnation::falls_back:
      return fmt::format(", which begin anew at gap {}", growth.fell_back_at.value_or(0) + 1);
    case Stagnation::flat:
      return ", later ones no longer than earlier ones";
  }
  return "";
}

std::string in_words(const CurveFit& fit) {
  if (!fit.misfit) return "";
  const std::string gap = fmt::format("gap {}", fit.gap + 1);
  switch (*fit.misfit) {
    case Misfit::too_short:
      return fmt::format("; {} is too short, {} was allowed", gap, format(fit.allowed));
    case Misfit::too_long:
      return fmt::format("; {} is too long, {} was allowed", gap, format(fit.allowed));
    case Misfit::beyond_cap:
      return fmt::format("; {} is beyond the cap, {} was allowed", gap, format(fit.allowed));
    case Misfit::too_short_together:
      return fmt::format("; all together are so short by chance in {:.1g} of all runs", fit.chance);
  }
  return "";
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

// Whether the client made as many attempts as were asked for.
bool made_enough(const Evidence& evidence) {
  const auto& attempts = evidence.expect().attempts;
  return attempts && attempts->value.lo <= static_cast<int>(evidence.attempts.size());
}

}  // namespace

void check_gaps(const Evidence& evidence, Verdict& verdict) {
  check_listed(evidence, verdict);
  const auto& every = evidence.expect().every_gap;
  if (!every) return;
  const std::size_t seen = with_gaps(evidence).size();
  for (std::size_t i = 1; i <= seen; ++i)
    check_gap(evidence, verdict, i, every->value, fmt::format("gaps (gap {})", i),
              every->place.line);
  if (seen > 0) return;
  // Where one attempt is allowed, so is the lack of a second one.
  if (made_enough(evidence))
    return not_judged(verdict, "gaps", every->place.line,
                      "there was one attempt, which is allowed, and so no gap");
  fail_missing(evidence, verdict, {"gaps", every->place.line, format(every->value), seen_gaps(0)});
}

void check_growing(const Evidence& evidence, Verdict& verdict) {
  const auto& wanted = evidence.expect().growing;
  if (!wanted) return;
  const int line = wanted->place.line;
  const Gaps gaps = measured_gaps(evidence);
  Failure failure{"growing", line, wanted->value ? "gaps that grow" : "gaps that do not grow", ""};
  if (gaps.size() < 2 && !made_enough(evidence)) {
    failure.seen = seen_gaps(gaps.size());
    return fail_missing(evidence, verdict, std::move(failure));
  }
  const Growth growth = grows(std::array{gaps});
  const bool yes = growth.answer == Answer::yes;
  const bool broken = wanted->value ? growth.answer == Answer::no : yes && growth.proven;
  failure.seen = gaps.empty() ? "no gap" : "gaps of " + list(gaps) + in_words(growth);
  if (growth.answer == Answer::cannot_tell || (!wanted->value && yes && !broken))
    return undecided(verdict, "growing", line,
                     failure.seen +
                         " do not tell, chance may have made them: let there be more "
                         "attempts, or say what is promised (`curve`)");
  if (!broken) return;
  failure.timing = evidence.unreliable;
  fail(evidence, verdict, std::move(failure));
}

void check_curve(const Evidence& evidence, Verdict& verdict) {
  const auto& wanted = evidence.expect().curve;
  if (!wanted) return;
  const int line = wanted->place.line;
  const Gaps gaps = measured_gaps(evidence);
  Failure failure{"curve", line, scenario::in_words(wanted->value), ""};
  if (gaps.empty() && !made_enough(evidence)) {
    failure.seen = seen_gaps(0);
    return fail_missing(evidence, verdict, std::move(failure));
  }
  const CurveFit fit = fits(policy_of(wanted->value), std::array{gaps});
  failure.seen = gaps.empty() ? "no gap" : "gaps of " + list(gaps) + in_words(fit);
  if (fit.answer == Answer::cannot_tell)
    return undecided(verdict, "curve", line,
                     failure.seen + " do not tell: let there be more attempts");
  if (fit.answer == Answer::yes) return;
  if (fit.misfit != Misfit::too_short_together)
    failure.measure = measured(fit.allowed, gaps.at(fit.gap).length, gaps.at(fit.gap).doubt);
  failure.timing = evidence.unreliable;
  fail(evidence, verdict, std::move(failure));
}

}  // namespace halfopen::judge
