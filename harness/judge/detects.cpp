// How long the client believed in a connection that was dead without a sign of it.
#include <fmt/format.h>

#include <algorithm>

#include "base/units.h"
#include "judge/checks.h"
#include "judge/words.h"

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
    if (attempt && fault->silent && (!attempt->left || *attempt->left >= event.at))
      silences.push_back({attempt, event.at, false, {}});
  }
  return silences;
}

// When the client gave the connection up. Behind a cut link, or behind data that nobody
// acknowledges, its FIN may never be sent: there, and of a client that reports nothing, a new
// attempt says it too.
std::optional<Duration> noticed(const Evidence& evidence, const Silence& silence) {
  std::optional<Duration> moment_of = silence.attempt->ended;
  if (!silence.by_link && evidence.reports) return moment_of;
  for (const AttemptView& next : evidence.attempts)
    if (next.began >= silence.since && (!moment_of || next.began < *moment_of))
      moment_of = next.began;
  return moment_of;
}

void check_silence(const Evidence& evidence, Verdict& verdict, const Silence& silence) {
  const auto& wanted = *evidence.expect().detects;
  const auto seen = noticed(evidence, silence);
  const int number = silence.attempt->number;
  const DurationRange& range = wanted.value;
  Failure failure{"detects", wanted.place.line, format(range), "", number};
  const std::string silent =
      fmt::format("attempt {} fell silent at {}", number, moment(silence.since));
  const bool survived = silence.restored && (!seen || *seen > *silence.restored);
  if (survived && *silence.restored - silence.since <= range.hi) {
    verdict.skipped.push_back(
        fmt::format("detects: {}, and the link was back at {}", silent, moment(*silence.restored)));
    return;
  }
  if (!seen) {
    failure.seen = fmt::format("{}, and the client had not given it up when the run ended at {}",
                               silent, moment(evidence.run_end));
    return fail_missing(evidence, verdict, std::move(failure));
  }
  const Duration took = *seen - silence.since;
  if (range.contains(took)) return;
  failure.seen = fmt::format("{}, and the client gave it up {} later, at {}", silent, span(took),
                             moment(*seen));
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
  if (silences.empty())
    fail_missing(evidence, verdict,
                 {"detects", wanted->place.line, format(wanted->value),
                  "no connection fell silent: the client never got that far"});
}

}  // namespace halfopen::judge
