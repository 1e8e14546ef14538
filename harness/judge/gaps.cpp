// The curve: how long the client waited between its attempts.
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "base/units.h"
#include "judge/checks.h"
#include "judge/words.h"

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
    if (range.lo > Duration::zero() || gap > range.hi)
      verdict.skipped.push_back(fmt::format("{}: {}; expected {}", name, seen, format(range)));
    return;
  }
  Failure failure{name, line, format(range), seen, after.number};
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
      return fail_missing(
          evidence, verdict,
          {name, place.line, format(range), fmt::format("only {} seen", count_of(seen, "gap"))});
    check_gap(evidence, verdict, i + 1, range, name, place.line);
  }
}

using Gaps = std::vector<const AttemptView*>;

// The gaps in seconds, each as it was or as it would have been without halfopen's lateness: those
// of the earlier half shorter and those of the later half longer by `doubt` times that, at most.
std::vector<double> lengths(const Evidence& evidence, const Gaps& gaps, double doubt) {
  std::vector<double> all;
  for (std::size_t i = 0; i < gaps.size(); ++i) {
    const Duration gap_end = (gaps[i] + 1)->began;
    const Duration gap_begin = gap_end - *gaps[i]->gap_to_next;
    const Duration late = 2 * evidence.lag_at_ends(gap_begin, gap_end) + evidence.link_late;
    const double sign = 2 * i < gaps.size() ? -doubt : doubt;
    all.push_back(std::chrono::duration<double>(*gaps[i]->gap_to_next).count() +
                  sign * std::chrono::duration<double>(late).count());
  }
  return all;
}

bool grows(const std::vector<double>& gaps) {
  const auto half = static_cast<std::ptrdiff_t>(gaps.size() / 2);
  const double earlier = std::accumulate(gaps.begin(), gaps.begin() + half, 0.0);
  const double later = std::accumulate(gaps.end() - half, gaps.end(), 0.0);
  return later >= 1.2 * earlier && gaps.back() > gaps.front();
}

std::string list(const Gaps& gaps) {
  constexpr std::size_t most = 12;
  std::string text;
  for (std::size_t i = 0; i < std::min(gaps.size(), most); ++i)
    text += (i == 0 ? "" : ", ") + span(*gaps[i]->gap_to_next);
  return gaps.size() > most ? text + " …" : text;
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
  const auto& attempts = evidence.expect().attempts;
  if (seen == 0 && (!attempts || attempts->value.hi > 1))
    fail_missing(evidence, verdict,
                 {"gaps", every->place.line, format(every->value),
                  "no gap seen: there was no second attempt"});
}

void check_growing(const Evidence& evidence, Verdict& verdict) {
  const auto& wanted = evidence.expect().growing;
  if (!wanted) return;
  const Gaps gaps = with_gaps(evidence);
  Failure failure{"growing", wanted->place.line, "gaps that do not grow", "gaps of " + list(gaps)};
  if (wanted->value)
    failure.expected =
        "gaps that grow (the later half on average at least 1.2 times the earlier "
        "half, the last above the first)";
  if (gaps.size() < (gave_up(evidence) ? 2U : 3U)) {
    failure.seen = fmt::format("only {} seen", count_of(gaps.size(), "gap"));
    return fail_missing(evidence, verdict, std::move(failure));
  }
  if (grows(lengths(evidence, gaps, 0)) == wanted->value) return;
  failure.timing = evidence.unreliable ||
                   grows(lengths(evidence, gaps, wanted->value ? 1 : -1)) == wanted->value;
  fail(evidence, verdict, std::move(failure));
}

}  // namespace halfopen::judge
