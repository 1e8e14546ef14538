// How long the client believed in a connection that was dead without a sign of it.
#include <fmt/format.h>

#include <algorithm>

#include "base/units.h"
#include "judge/checks.h"
#include "judge/words.h"
#include "scenario/story.h"

namespace halfopen::judge {
namespace {

// One connection that fell silent.
struct Silence {
  const AttemptView* attempt = nullptr;
  Duration since{};
  bool by_link = false;  // The whole link was cut: the client's FIN cannot be seen then.
  std::optional<Duration> restored;
};

void add_cut(const Evidence& evidence, std::vector<Silence>& silences, Duration at, bool by_link) {
  for (const AttemptView& attempt : evidence.attempts)
    if (attempt.opened && *attempt.opened <= at && (!attempt.ended || *attempt.ended > at))
      silences.push_back({&attempt, at, by_link, {}});
}

std::vector<Silence> silences_of(const Evidence& evidence) {
  std::vector<Silence> silences;
  LinkHistory link;
  for (const trace::Event& event : evidence.trace.events) {
    if (const auto* change = std::get_if<trace::LinkChanged>(&event.body)) {
      const LinkHistory::Turn turn = link.take(*change);
      if (turn == LinkHistory::Turn::cut) add_cut(evidence, silences, event.at, true);
      if (change->kills_flows) add_cut(evidence, silences, event.at, false);
      if (turn == LinkHistory::Turn::restored)
        for (Silence& silence : silences)
          if (silence.by_link && !silence.restored) silence.restored = event.at;
    }
    const auto* fault = std::get_if<trace::FaultStruck>(&event.body);
    const AttemptView* attempt = fault ? evidence.attempt(event.attempt) : nullptr;
    if (attempt && fault->silent && attempt->opened && *attempt->opened <= event.at &&
        (!attempt->left || *attempt->left >= event.at))
      silences.push_back({attempt, event.at, false, {}});
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

void check_silence(const Evidence& evidence, Verdict& verdict, const Silence& silence) {
  const auto& wanted = *evidence.expect().detects;
  const auto seen = noticed(silence, evidence);
  const int number = silence.attempt->number;
  const DurationRange& range = wanted.value;
  Failure failure{"detects", wanted.place.line, format(range), "", number};
  const std::string silent =
      fmt::format("attempt {} fell silent at {}", number, moment(silence.since));
  const bool survived = silence.restored && (!seen || *seen > *silence.restored);
  // A link that is back in time heals it: nothing was left to be detected.
  if (survived && *silence.restored - silence.since <= range.hi) return;
  if (!seen) {
    failure.seen = fmt::format("{}, and the client had not given it up when the run ended at {}",
                               silent, moment(evidence.run_end));
    const bool in_time = evidence.run_end - silence.since <= range.hi;
    // Of attempts that nobody asked for, what is under way is not judged.
    if (in_time && number > scenario::last_attempt_asked_for(evidence.scenario)) return;
    if (in_time)
      return undecided(verdict, "detects", wanted.place.line,
                       failure.seen + ", before its time was up: raise `within`");
    return fail_missing(evidence, verdict, std::move(failure));
  }
  const Duration took = *seen - silence.since;
  if (range.contains(took)) return;
  failure.seen = fmt::format("{}, and the client gave it up {} later, at {}", silent, span(took),
                             moment(*seen));
  failure.measure = measured(range, took, evidence.tolerance(silence.since, *seen));
  failure.timing = evidence.late_enough(took < range.lo ? range.lo - took : took - range.hi,
                                        silence.since, *seen);
  fail(evidence, verdict, std::move(failure));
}

}  // namespace

void check_detects(const Evidence& evidence, Verdict& verdict) {
  const auto& wanted = evidence.expect().detects;
  if (!wanted) return;
  const std::vector<Silence> silences = silences_of(evidence);
  for (const Silence& silence : silences) check_silence(evidence, verdict, silence);
  if (silences.empty() && lives_on(evidence))
    return not_judged(verdict, "detects", wanted->place.line,
                      "no connection fell silent: the client kept it alive");
  if (silences.empty())
    fail_missing(evidence, verdict,
                 {"detects", wanted->place.line, format(wanted->value),
                  "no connection fell silent: the client never got that far"});
}

}  // namespace halfopen::judge
