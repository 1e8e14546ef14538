// How long the client believed in a connection that was dead without a sign of it.
#include <algorithm>

#include "judge/checks.h"
#include "judge/silence.h"

namespace halfopen::judge {
namespace {

// One connection that fell silent.
struct Silence {
  const AttemptView* attempt = nullptr;
  Duration since{};
  bool by_link = false;     // The whole link was cut.
  bool device_off = false;  // What the client sends is not even seen to leave.
  std::optional<Duration> restored;
};

void add_cut(const Evidence& evidence, std::vector<Silence>& silences, Duration at, bool by_link) {
  for (const AttemptView& attempt : evidence.attempts)
    if (attempt.opened && *attempt.opened <= at && (!attempt.ended || *attempt.ended > at))
      silences.push_back({&attempt, at, by_link, false, {}});
}

std::vector<Silence> silences_of(const Evidence& evidence) {
  std::vector<Silence> silences;
  LinkHistory link;
  for (const trace::Event& event : evidence.trace.events) {
    if (const auto* change = std::get_if<trace::LinkChanged>(&event.body)) {
      const LinkHistory::Turn turn = link.take(*change);
      if (turn == LinkHistory::Turn::cut) add_cut(evidence, silences, event.at, true);
      if (change->state == trace::LinkState::down || change->state == trace::LinkState::no_carrier)
        for (Silence& silence : silences)
          silence.device_off = silence.device_off || (silence.by_link && !silence.restored);
      if (change->kills_flows) add_cut(evidence, silences, event.at, false);
      if (turn == LinkHistory::Turn::restored)
        for (Silence& silence : silences)
          if (silence.by_link && !silence.restored) silence.restored = event.at;
    }
    const auto* fault = std::get_if<trace::FaultStruck>(&event.body);
    const AttemptView* attempt = fault ? evidence.attempt(event.attempt) : nullptr;
    if (attempt && fault->silent && attempt->opened && *attempt->opened <= event.at &&
        (!attempt->left || *attempt->left >= event.at))
      silences.push_back({attempt, event.at, false, false, {}});
  }
  return silences;
}

// The first sign that the client has noticed: its Close, FIN or RST, its report, or the SYN of a
// successor. Behind a cut link, or behind data that nobody acknowledges, its FIN may never be sent.
std::optional<Duration> noticed(const Silence& silence, const Evidence& evidence) {
  std::optional<Duration> first;
  const auto take = [&](const std::optional<Duration>& sign) {
    if (sign && *sign >= silence.since && (!first || *sign < *first)) first = sign;
  };
  take(silence.attempt->ended);
  take(silence.attempt->closing);
  for (const AttemptView& next : evidence.attempts)
    if (next.number > silence.attempt->number) take(next.began);
  return first;
}

// What may have kept a sign from being seen in time, of a client that does not report.
std::optional<why::SignHidden::By> hidden_by(const Evidence& evidence, const Silence& silence,
                                             const std::optional<Duration>& seen) {
  using By = why::SignHidden::By;
  if (evidence.reports) return std::nullopt;
  if (silence.device_off) return By::device_off;
  const Duration limit = evidence.expect().detects->value.hi;
  if (waits_for_ack(evidence, silence.attempt->number, silence.since, silence.since + limit))
    return By::data;
  const bool own = seen && (silence.attempt->ended == seen || silence.attempt->closing == seen);
  if (seen && !own) return By::nothing_before_next;
  return std::nullopt;
}

// What decides nothing beside a failure.
struct Rest {
  std::optional<Measure> longest;        // Of those that were noticed in time.
  std::optional<Decision> nobody_asked;  // The first that is under way and that nobody asked for.
};

void check_silence(const Evidence& evidence, Verdict& verdict, const Silence& silence, Rest& rest) {
  const auto& wanted = *evidence.expect().detects;
  const auto seen = noticed(silence, evidence);
  const int number = silence.attempt->number;
  const DurationRange& range = wanted.value;
  const seen::Silence silent{number, silence.since, seen, evidence.run_end};
  Failure failure{{Kind::detects}, wanted.place.line, range, silent, number};
  const bool survived = silence.restored && (!seen || *seen > *silence.restored);
  // A link that is back in time heals it: nothing was left to be detected.
  if (survived && *silence.restored - silence.since <= range.hi) return;
  const auto hidden = hidden_by(evidence, silence, seen);
  if (hidden && seen.value_or(evidence.run_end) - silence.since > range.hi)
    return not_judged(verdict, {Kind::detects}, wanted.place.line, why::SignHidden{silent, *hidden},
                      number);
  if (!seen) {
    const Duration so_far = evidence.run_end - silence.since;
    const bool in_time = so_far <= range.hi;
    failure.measure = measured(range, so_far, evidence.tolerance(silence.since, evidence.run_end));
    if (!in_time) return fail_missing(evidence, verdict, std::move(failure));
    return take_under_way(evidence, verdict,
                          {{Kind::detects},
                           wanted.place.line,
                           Status::not_decided,
                           why::StillSilent{silent},
                           number,
                           failure.measure},
                          rest.nobody_asked);
  }
  const Duration took = *seen - silence.since;
  failure.measure = measured(range, took, evidence.tolerance(silence.since, *seen));
  if (range.contains(took)) return keep_largest(rest.longest, *failure.measure);
  failure.timing = evidence.late_enough(took < range.lo ? range.lo - took : took - range.hi,
                                        silence.since, *seen);
  fail(evidence, verdict, std::move(failure));
}

}  // namespace

void check_detects(const Evidence& evidence, Verdict& verdict) {
  const auto& wanted = evidence.expect().detects;
  if (!wanted) return;
  const std::vector<Silence> silences = silences_of(evidence);
  Rest rest;
  for (const Silence& silence : silences) check_silence(evidence, verdict, silence, rest);
  if (is_settled(verdict, Kind::detects)) return;
  if (rest.longest) return hold(verdict, {Kind::detects}, wanted->place.line, rest.longest);
  if (rest.nobody_asked) return verdict.decisions.push_back(*std::move(rest.nobody_asked));
  const bool healed = !silences.empty() && std::ranges::all_of(silences, [](const Silence& each) {
    return each.restored.has_value();
  });
  if (healed || (silences.empty() && lives_on(evidence)))
    return not_judged(verdict, {Kind::detects}, wanted->place.line, why::NothingSilent{});
  if (silences.empty())
    fail_missing(evidence, verdict,
                 {{Kind::detects}, wanted->place.line, wanted->value, seen::NoSilence{}});
}

}  // namespace halfopen::judge
