// The last connection must live for `settle`, as far as that is up to the client.
#include <algorithm>

#include "judge/checks.h"

namespace halfopen::judge {
namespace {

bool is_clients_end(const trace::Body& body) {
  const auto* frame = std::get_if<trace::Frame>(&body);
  return std::holds_alternative<trace::ClientLeft>(body) ||
         (frame != nullptr && frame->from == trace::Side::client &&
          frame->opcode == trace::Opcode::close);
}

// Whether the scenario had a hand in what became of that connection: a fault, a Close, a change of
// the link, or something that the client was told.
bool scenario_ended(const Evidence& evidence, const AttemptView& attempt, Duration until) {
  for (const trace::Event& event : evidence.trace.events) {
    if (event.at < *attempt.opened || event.at > until) continue;
    if (event.attempt == attempt.number && is_clients_end(event.body)) return false;
    if (std::holds_alternative<trace::Told>(event.body) ||
        std::holds_alternative<trace::LinkChanged>(event.body))
      return true;
    if (event.attempt != attempt.number) continue;
    if (std::holds_alternative<trace::FaultStruck>(event.body) ||
        std::holds_alternative<trace::StepFailed>(event.body) ||
        std::holds_alternative<trace::Violation>(event.body))
      return true;
    const auto* frame = std::get_if<trace::Frame>(&event.body);
    if (frame != nullptr && frame->from == trace::Side::server &&
        frame->opcode == trace::Opcode::close)
      return true;
  }
  return false;
}

// When the client began to end it by itself.
std::optional<Duration> ended_by_client(const AttemptView& attempt) {
  std::optional<Duration> first = attempt.closing;
  if (attempt.left && (!first || *attempt.left < *first)) first = attempt.left;
  if (first && attempt.end_visible && *attempt.end_visible < *first) return std::nullopt;
  return first;
}

}  // namespace

void check_settle(const Evidence& evidence, Verdict& verdict) {
  const scenario::Expect& expect = evidence.expect();
  // Where it is asked to close, it may.
  if (evidence.attempts.empty() || expect.exit_code || expect.closes_with ||
      (expect.gives_up && expect.gives_up->value))
    return;
  const AttemptView& last = evidence.attempts.back();
  if (!last.opened) return;
  const auto ended = ended_by_client(last);
  if (!ended || *ended - *last.opened >= expect.settle) return;
  if (scenario_ended(evidence, last, *ended)) return;
  const Duration lived = *ended - *last.opened;
  Failure failure{{Kind::settle},
                  0,
                  wanted::Settling{expect.settle},
                  seen::EarlyEnd{last.number, *ended, lived},
                  last.number};
  failure.measure = measured(DurationRange{expect.settle, forever}, lived);
  fail(evidence, verdict, std::move(failure));
}

}  // namespace halfopen::judge
