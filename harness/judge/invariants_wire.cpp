// Invariants about what goes over the wire within one connection: what the server's side saw at
// once, and what a client may not do after a bad answer to its handshake.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "judge/checks.h"
#include "judge/words.h"
#include "trace/event.h"

namespace halfopen::judge {
namespace {

// How long a client may take to close its TCP connection after a bad 101.
constexpr Duration time_to_leave = std::chrono::seconds(5);
constexpr std::string_view bad_handshake = "fails-bad-handshake";

Failure bad(int attempt, std::string expected, std::string seen) {
  return {"invariant " + std::string(bad_handshake), 0, std::move(expected), std::move(seen),
          attempt};
}

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
         bad(answered->attempt, "no `open` after a bad answer to the handshake",
             fmt::format("the client reported `open` at {}, after the bad answer at {}",
                         moment(event.at), moment(answered->at))));
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
         bad(event.attempt, "no frame after a bad answer to the handshake",
             fmt::format("the client sent a {} frame at {}, after the bad answer at {}",
                         trace::word(frame.opcode), moment(event.at), moment(answer->second->at))));
  });
}

// A bad 101 leaves the connection up: it is for the client to close it. Other answers are followed
// by the server's FIN.
void check_left(const Evidence& evidence, Verdict& verdict, int number,
                const trace::Event& answer) {
  const AttemptView* attempt = evidence.attempt(number);
  if (!attempt || std::get<trace::Answer>(answer.body).status != 101) return;
  Duration gone = evidence.run_end;
  for (const auto& end : {attempt->left, attempt->over})
    if (end) gone = std::min(gone, *end);
  if (gone - answer.at <= time_to_leave) return;
  Failure failure =
      bad(number,
          "the TCP connection closed within " + span(time_to_leave) +
              " of a bad answer to the handshake",
          fmt::format("the bad answer came at {}, and the connection was kept until {}",
                      moment(answer.at), moment(gone)));
  failure.timing = evidence.late_enough(gone - answer.at - time_to_leave, answer.at, gone);
  fail(evidence, verdict, std::move(failure));
}

}  // namespace

void check_violations(const Evidence& evidence, Verdict& verdict) {
  struct Seen {
    const trace::Event* first = nullptr;
    std::size_t count = 0;
  };
  std::map<std::string, Seen> seen;
  for_each<trace::Violation>(evidence, [&](const trace::Event& event, const auto& violation) {
    Seen& rule = seen[violation.rule];
    if (!rule.first) rule.first = &event;
    ++rule.count;
  });
  for (const auto& [rule, what] : seen) {
    if (evidence.waives(rule)) continue;
    const auto& first = std::get<trace::Violation>(what.first->body);
    const std::string where =
        what.first->attempt == 0 ? "" : fmt::format("attempt {}, ", what.first->attempt);
    std::string text = fmt::format("{} ({}at {})", first.text, where, moment(what.first->at));
    if (what.count > 1) text += fmt::format(", and {} more", count_of(what.count - 1, "time"));
    fail(evidence, verdict, {"invariant " + rule, 0, "it to hold", text, what.first->attempt});
  }
}

void check_fails_bad_handshake(const Evidence& evidence, Verdict& verdict) {
  if (evidence.waives(bad_handshake)) return;
  const auto answers = bad_answers(evidence);
  check_reported_open(evidence, verdict);
  check_frames(evidence, verdict, answers);
  for (const auto& [number, answer] : answers) check_left(evidence, verdict, number, *answer);
}

}  // namespace halfopen::judge
