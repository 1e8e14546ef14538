// From the fault to the next open connection: what a person feels.
#include <algorithm>

#include "judge/checks.h"
#include "judge/unasked.h"

namespace halfopen::judge {
namespace {

struct Loss {
  int attempt = 0;
  Duration at{};
};

// The first thing that went wrong with that connection after it had opened: a fault, a link that
// is cut, or its end.
std::optional<Loss> loss_of(const Evidence& evidence, const AttemptView& attempt) {
  if (!attempt.opened) return std::nullopt;
  std::optional<Duration> first;
  const auto take = [&](const std::optional<Duration>& moment_of) {
    if (moment_of && *moment_of >= *attempt.opened && (!first || *moment_of < *first))
      first = moment_of;
  };
  for_each<trace::FaultStruck>(evidence, [&](const trace::Event& event, const auto& fault) {
    if (event.attempt == attempt.number && (fault.layer == trace::Layer::drop || fault.silent))
      take(event.at);
  });
  for (const auto& sign : {attempt.silent_since, attempt.end_visible, attempt.left}) take(sign);
  if (!first) return std::nullopt;
  return Loss{attempt.number, *first};
}

std::optional<Duration> opened_after(const Evidence& evidence, const Loss& loss) {
  std::optional<Duration> first;
  for (const AttemptView& next : evidence.attempts)
    if (next.number > loss.attempt && next.opened && *next.opened >= loss.at &&
        (!first || *next.opened < *first))
      first = next.opened;
  return first;
}

}  // namespace

void check_recovers(const Evidence& evidence, Verdict& verdict) {
  const auto& wanted = evidence.expect().recovers;
  if (!wanted) return;
  const int line = wanted->place.line;
  const DurationRange& range = wanted->value;
  bool lost = false;
  bool in_order = false;
  std::optional<Measure> longest;        // Of those that were there in time.
  std::optional<Decision> nobody_asked;  // The first that is under way and that nobody asked for.
  for (const AttemptView& attempt : evidence.attempts) {
    const auto loss = loss_of(evidence, attempt);
    if (!loss) continue;
    const auto open = opened_after(evidence, *loss);
    if (!open && ended_in_order(evidence, attempt, loss->at)) {
      in_order = true;
      continue;
    }
    lost = true;
    const Duration took = open.value_or(evidence.run_end) - loss->at;
    const seen::Loss gone{loss->attempt, loss->at, open, evidence.run_end};
    Failure failure{{Kind::recovers}, line, range, gone, loss->attempt};
    failure.measure = measured(range, took, evidence.tolerance(loss->at, loss->at + took));
    const bool gone_for_good = evidence.over_why == trace::Ended::client_exited;
    if (!open && took <= range.hi && !gone_for_good) {
      take_under_way(evidence, verdict,
                     {{Kind::recovers},
                      line,
                      Status::not_decided,
                      why::StillLost{gone},
                      loss->attempt,
                      failure.measure},
                     nobody_asked);
      continue;
    }
    if (open && range.contains(took)) {
      keep_largest(longest, *failure.measure);
      continue;
    }
    failure.timing = evidence.late_enough(took < range.lo ? range.lo - took : took - range.hi,
                                          loss->at, loss->at + took);
    open ? fail(evidence, verdict, std::move(failure))
         : fail_missing(evidence, verdict, std::move(failure));
  }
  if (!lost && in_order) return not_judged(verdict, {Kind::recovers}, line, why::EndedInOrder{});
  if (longest && !is_settled(verdict, Kind::recovers))
    return hold(verdict, {Kind::recovers}, line, longest);
  if (nobody_asked && !is_settled(verdict, Kind::recovers))
    return verdict.decisions.push_back(*std::move(nobody_asked));
  if (!lost && lives_on(evidence))
    return not_judged(verdict, {Kind::recovers}, line, why::NothingLost{});
  if (!lost) fail_missing(evidence, verdict, {{Kind::recovers}, line, range, seen::NoLoss{}});
}

}  // namespace halfopen::judge
