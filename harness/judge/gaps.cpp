// The curve: how long the client waited between its attempts.
#include <fmt/format.h>

#include "base/units.h"
#include "judge/checks.h"
#include "judge/words.h"

namespace halfopen::judge {
namespace {

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

void check_gap(const Evidence& evidence, Verdict& verdict, std::size_t index,
               const DurationRange& range, const std::string& name, int line) {
  const AttemptView& before = evidence.attempts[index - 1];
  const AttemptView& after = evidence.attempts[index];
  const Duration gap = *before.gap_to_next;
  if (range.contains(gap) && !before.gap_at_most) return;
  if (before.gap_at_most && gap >= range.lo) {
    // It lies somewhere between zero and `gap`, and both ends fit, or there is no telling.
    if (range.lo > Duration::zero() || gap > range.hi)
      verdict.skipped.push_back(fmt::format("{}: {}; expected {}", name,
                                            describe_gap(index, before, after), format(range)));
    return;
  }
  const Duration missed_by = gap < range.lo ? range.lo - gap : gap - range.hi;
  fail(evidence, verdict,
       {name,
        line,
        format(range),
        describe_gap(index, before, after),
        after.number,
        {},
        true,
        missed_by});
}

void check_listed(const Evidence& evidence, Verdict& verdict) {
  const auto& wanted = evidence.expect().gaps;
  const std::size_t seen = with_gaps(evidence).size();
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const std::string name = fmt::format("gaps[{}]", i + 1);
    if (i < seen) {
      check_gap(evidence, verdict, i + 1, wanted[i].value, name, wanted[i].place.line);
      continue;
    }
    fail(evidence, verdict,
         {name,
          wanted[i].place.line,
          format(wanted[i].value),
          fmt::format("only {} seen", count_of(seen, "gap")),
          0,
          {},
          true});
    return;
  }
}

double mean(const std::vector<const AttemptView*>& gaps, std::size_t from, std::size_t to) {
  double sum = 0;
  for (std::size_t i = from; i < to; ++i)
    sum += std::chrono::duration<double>(*gaps[i]->gap_to_next).count();
  return sum / static_cast<double>(to - from);
}

bool grows(const std::vector<const AttemptView*>& gaps) {
  const std::size_t half = gaps.size() / 2;
  const double earlier = mean(gaps, 0, half);
  const double later = mean(gaps, gaps.size() - half, gaps.size());
  return later >= 1.2 * earlier && *gaps.back()->gap_to_next > *gaps.front()->gap_to_next;
}

std::string list(const std::vector<const AttemptView*>& gaps) {
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
    fail(evidence, verdict,
         {"gaps",
          every->place.line,
          format(every->value),
          "no gap seen: there was no second attempt",
          0,
          {},
          true});
}

void check_growing(const Evidence& evidence, Verdict& verdict) {
  const auto& wanted = evidence.expect().growing;
  if (!wanted) return;
  const auto gaps = with_gaps(evidence);
  const std::size_t needed = gave_up(evidence) ? 2 : 3;
  Failure failure{"growing", wanted->place.line, "", "", 0, {}, true};
  failure.expected = wanted->value ? "gaps that grow (the later half on average at least 1.2 times "
                                     "the earlier half, the last above the first)"
                                   : "gaps that do not grow";
  if (gaps.size() < needed)
    failure.seen = fmt::format("only {} seen", count_of(gaps.size(), "gap"));
  else if (grows(gaps) != wanted->value)
    failure.seen = "gaps of " + list(gaps);
  else
    return;
  fail(evidence, verdict, std::move(failure));
}

}  // namespace halfopen::judge
