// Whether the client stopped trying.
#include <fmt/format.h>

#include <algorithm>

#include "judge/checks.h"
#include "judge/words.h"

namespace halfopen::judge {
namespace {

constexpr Duration least_silence = std::chrono::seconds(3);

Duration needed_silence(const Evidence& evidence) {
  Duration longest{};
  for (const AttemptView& attempt : evidence.attempts)
    longest = std::max(longest, attempt.gap_to_next.value_or(Duration{}));
  return std::max(2 * longest, least_silence);
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

}  // namespace

bool gave_up(const Evidence& evidence, std::string* why_not) {
  std::string ignored;
  std::string& why = why_not ? *why_not : ignored;
  if (evidence.attempts.empty()) {
    why = "there was no attempt at all";
    return false;
  }
  if (exited_by_itself(evidence)) return true;
  const AttemptView& last = evidence.attempts.back();
  const bool ended = last.ended || !last.accepted;
  if (!ended) {
    why = fmt::format("attempt {} still lives at the end of the run", last.number);
    return false;
  }
  if (said_so(evidence)) return true;
  const Duration since = last.ended.value_or(last.last_sign);
  const Duration silence = evidence.run_end - since;
  const Duration needed = needed_silence(evidence);
  if (silence >= needed) return true;
  why = fmt::format("{}, and only {} of silence followed (it takes {} to tell)", ending(last),
                    span(silence), span(needed));
  return false;
}

void check_gives_up(const Evidence& evidence, Verdict& verdict) {
  const auto& wanted = evidence.expect().gives_up;
  if (!wanted) return;
  const int last = evidence.attempts.empty() ? 0 : evidence.attempts.back().number;
  Failure failure{"gives_up", wanted->place.line, "", "", last};
  std::string why_not;
  const bool given_up = gave_up(evidence, &why_not);
  if (given_up == wanted->value) return;
  if (wanted->value) {
    failure.expected = "the client to give up";
    failure.seen = why_not;
    return fail_missing(evidence, verdict, std::move(failure));
  }
  failure.expected = "the client to keep trying";
  const auto said = said_so(evidence);
  const auto exited = exited_by_itself(evidence);
  if (said) {
    failure.seen = "the client said at " + moment(*said) + " that it gave up";
  } else if (exited) {
    failure.seen = "the client exited at " + moment(*exited);
  } else {
    const AttemptView& attempt = evidence.attempts.back();
    const Duration since = attempt.ended.value_or(attempt.last_sign);
    failure.seen = fmt::format("{}, and nothing came after it until the run ended at {}",
                               ending(attempt), moment(evidence.run_end));
    failure.timing = evidence.late_enough(evidence.run_end - since - needed_silence(evidence),
                                          since, evidence.run_end);
  }
  fail(evidence, verdict, std::move(failure));
}

}  // namespace halfopen::judge
