// Whether the client stopped trying: what it says, where it can say so; else what its silence says.
#include <algorithm>

#include "judge/checks.h"
#include "judge/silence.h"

namespace halfopen::judge {
namespace {

using Sign = seen::GivingUp::Sign;

constexpr Duration least_silence = std::chrono::seconds(10);

Duration longest_gap(const Evidence& evidence) {
  Duration longest{};
  for (const AttemptView& attempt : evidence.attempts)
    longest = std::max(longest, attempt.gap_to_next.value_or(Duration{}));
  return longest;
}

// When the client said that it gave up, and made no attempt after that.
std::optional<Duration> said_so(const Evidence& evidence) {
  std::optional<Duration> said;
  for_each<trace::ClientEvent>(evidence, [&](const trace::Event& event, const auto& report) {
    if (report.reported == trace::Report::gave_up) said = event.at;
  });
  if (said && !evidence.attempts.empty() && evidence.attempts.back().began > *said) said.reset();
  return said;
}

std::optional<Duration> exited_by_itself(const Evidence& evidence) {
  std::optional<Duration> exited;
  for_each<trace::ClientExited>(evidence, [&](const trace::Event& event, const auto& exit) {
    if (!exit.by_us) exited = event.at;
  });
  return exited;
}

bool can_say_so(const Evidence& evidence) {
  return evidence.scenario.page.html.empty() &&  // Of another page nothing is said.
         std::ranges::count(evidence.trace.header.client_can, "gave-up") > 0;
}

// When the client was last known to try, or to have a connection. One that fell silent lives no
// more: from then on the client has none, whether its giving it up was seen or not.
Duration silent_from(const AttemptView& last) {
  if (last.ended) return *last.ended;
  return last.opened && last.silent_since ? *last.silent_since : last.last_sign;
}

// Of the last attempt, of which more is known here than that it did not end.
Ending last_ending(const AttemptView& last) {
  if (last.ended || !last.opened || !last.silent_since) return ending_of(last);
  return {last.number, Ending::How::silence, *last.silent_since};
}

GivingUp by_silence(const Evidence& evidence) {
  const AttemptView& last = evidence.attempts.back();
  const Duration since = silent_from(last);
  const Duration silence = evidence.run_end - since;
  const Duration longest = longest_gap(evidence);
  const Duration needed = std::max(3 * longest, least_silence);
  seen::GivingUp seen{Sign::silence, last_ending(last), evidence.run_end, silence, needed};
  if (!last.ended && last.opened && device_off_at_end(evidence)) {
    seen.sign = Sign::unseen;
    return {Answer::cannot_tell, seen, since, forever};
  }
  if (silence >= needed) return {Answer::yes, seen, since, silence - needed};
  seen.sign = Sign::short_silence;
  if (silence <= longest) return {Answer::no, seen, since, needed - silence};
  return {Answer::cannot_tell, seen, since, needed - silence};
}

// Whether the whole run is too short for the silence that it takes to tell: then a client that was
// still trying a moment ago may have given up all the same.
bool no_room(const Evidence& evidence, const GivingUp& given_up) {
  if (given_up.margin == forever) return false;
  return given_up.margin + (evidence.run_end - given_up.since) > evidence.expect().within.value;
}

}  // namespace

GivingUp gave_up(const Evidence& evidence) {
  if (evidence.attempts.empty()) return {Answer::no, {Sign::no_attempt}, {}, forever};
  if (const auto exited = exited_by_itself(evidence))
    return {Answer::yes, {Sign::exited, {}, *exited}, *exited, forever};
  const AttemptView& last = evidence.attempts.back();
  const Ending ending = last_ending(last);
  const auto said = said_so(evidence);
  const bool dead = last.ended || (last.opened && last.silent_since);
  const bool lives = last.accepted && !dead;
  if (lives) return {Answer::no, {Sign::lives, ending}, last.began, forever};
  if (said) return {Answer::yes, {Sign::said_so, ending, *said}, *said, forever};
  if (never_noticed(evidence, last))
    return {Answer::cannot_tell, {Sign::unnoticed, ending, evidence.run_end}, last.began, forever};
  if (can_say_so(evidence))
    return {Answer::no, {Sign::did_not_say, ending, evidence.run_end}, last.last_sign, forever};
  return by_silence(evidence);
}

void check_gives_up(const Evidence& evidence, Verdict& verdict) {
  const auto& wanted = evidence.expect().gives_up;
  if (!wanted) return;
  const GivingUp given_up = gave_up(evidence);
  const int last = evidence.attempts.empty() ? 0 : evidence.attempts.back().number;
  Failure failure{
      {Kind::gives_up}, wanted->place.line, wanted::GivingUp{wanted->value}, given_up.seen, last};
  if (const Duration needed = given_up.seen.needed; needed > Duration::zero())
    failure.measure =
        measured(wanted->value ? DurationRange{needed, forever} : DurationRange{{}, needed},
                 given_up.seen.silence, evidence.tolerance(given_up.since, evidence.run_end));
  const bool hasty = wanted->value && given_up.answer == Answer::no;
  if (given_up.answer == Answer::cannot_tell || (hasty && no_room(evidence, given_up)))
    return undecided(verdict, {Kind::gives_up}, wanted->place.line,
                     why::TooShortToGiveUp{given_up.seen}, last, failure.measure);
  if ((given_up.answer == Answer::yes) == wanted->value)
    return hold(verdict, {Kind::gives_up}, wanted->place.line);
  if (wanted->value) return fail_missing(evidence, verdict, std::move(failure));
  failure.timing = given_up.margin != forever &&
                   evidence.late_enough(given_up.margin, given_up.since, evidence.run_end);
  fail(evidence, verdict, std::move(failure));
}

}  // namespace halfopen::judge
