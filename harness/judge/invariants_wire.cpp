// The invariant about what a client may not do after a bad answer to its handshake.
#include <algorithm>
#include <map>

#include "faults/fault.h"
#include "judge/checks.h"
#include "judge/own_time.h"

namespace halfopen::judge {
namespace {

using faults::time_to_fail;

constexpr std::string_view bad_handshake = "fails-bad-handshake";

// The answers that no client may open on, by attempt.
std::map<int, const trace::Event*> bad_answers(const Evidence& evidence) {
  std::map<int, const trace::Event*> answers;
  for_each<trace::Answer>(evidence, [&](const trace::Event& event, const trace::Answer& answer) {
    if (!answer.valid) answers.emplace(event.attempt, &event);
  });
  return answers;
}

// `open` is reported for the connection that was answered last.
void check_reported_open(const Evidence& evidence, Verdict& verdict) {
  const trace::Event* answered = nullptr;
  for (const trace::Event& event : evidence.trace.events) {
    if (std::holds_alternative<trace::Answer>(event.body)) answered = &event;
    const auto* report = std::get_if<trace::ClientEvent>(&event.body);
    if (!report || report->reported != trace::Report::open || !answered) continue;
    if (std::get<trace::Answer>(answered->body).valid) continue;
    fail(evidence, verdict,
         {invariant(bad_handshake), 0, wanted::Rule::no_open_after_bad_answer,
          seen::OpenAfterBadAnswer{event.at, answered->at}, answered->attempt});
    return;
  }
}

void check_frames(const Evidence& evidence, Verdict& verdict,
                  const std::map<int, const trace::Event*>& answers) {
  int last = 0;
  for_each<trace::Frame>(evidence, [&](const trace::Event& event, const trace::Frame& frame) {
    const auto answer = answers.find(event.attempt);
    if (frame.from != trace::Side::client || answer == answers.end() || last == event.attempt)
      return;
    last = event.attempt;
    fail(evidence, verdict,
         {invariant(bad_handshake), 0, wanted::Rule::no_frame_after_bad_answer,
          seen::FrameAfterBadAnswer{frame.opcode, event.at, answer->second->at}, event.attempt});
  });
}

// A bad 101 leaves the connection up: it is for the client to close it. Other answers are followed
// by the server's FIN. False: the run ended before the client's time was up.
bool check_left(const Evidence& evidence, Verdict& verdict, int number, const trace::Event& answer,
                std::optional<Measure>& longest) {
  const AttemptView* attempt = evidence.attempt(number);
  if (!attempt || std::get<trace::Answer>(answer.body).status != 101) return true;
  Duration gone = evidence.run_end;
  for (const auto& end : {attempt->left, attempt->over})
    if (end) gone = std::min(gone, *end);
  if (attempt->ended_by_exit) gone = std::min(gone, *attempt->ended);
  if (check_time_left(evidence, verdict, invariant(bad_handshake), {number, answer.at, gone}))
    return false;
  const Duration used = own_time(evidence, number, answer.at, gone).used;
  const Measure measure =
      measured(DurationRange{{}, time_to_fail}, used, evidence.tolerance(answer.at, gone));
  keep_largest(longest, measure);
  if (used <= time_to_fail) return true;
  Failure failure{invariant(bad_handshake), 0, wanted::Leaving{time_to_fail},
                  seen::KeptAfterBadAnswer{answer.at, gone}, number};
  failure.measure = measure;
  failure.timing = evidence.late_enough(used - time_to_fail, answer.at, gone);
  fail(evidence, verdict, std::move(failure));
  return true;
}

}  // namespace

void check_fails_bad_handshake(const Evidence& evidence, Verdict& verdict) {
  if (evidence.waives(bad_handshake)) return;
  const auto answers = bad_answers(evidence);
  check_reported_open(evidence, verdict);
  check_frames(evidence, verdict, answers);
  std::optional<Measure> longest;
  bool decided = !answers.empty();
  for (const auto& [number, answer] : answers)
    decided = check_left(evidence, verdict, number, *answer, longest) && decided;
  if (decided) hold_unbroken(evidence, verdict, invariant(bad_handshake), longest);
}

}  // namespace halfopen::judge
