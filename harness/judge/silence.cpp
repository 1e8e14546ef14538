#include "judge/silence.h"

#include <algorithm>

namespace halfopen::judge {

bool waits_for_ack(const Evidence& evidence, int attempt, Duration since, Duration until) {
  return std::ranges::any_of(evidence.trace.events, [&](const trace::Event& event) {
    const auto* lost = std::get_if<trace::DataLost>(&event.body);
    const auto* frame = std::get_if<trace::Frame>(&event.body);
    const bool sent = (lost != nullptr && lost->from == trace::Side::client) ||
                      (frame != nullptr && frame->from == trace::Side::client);
    return sent && event.attempt == attempt && event.at >= since && event.at <= until;
  });
}

bool never_noticed(const Evidence& evidence, const AttemptView& attempt) {
  if (!attempt.opened || !attempt.silent_since || attempt.ended) return false;
  if (attempt.closing && *attempt.closing >= *attempt.silent_since) return false;
  if (evidence.reports) return true;
  return !device_off_at_end(evidence) &&
         !waits_for_ack(evidence, attempt.number, *attempt.silent_since, evidence.run_end);
}

bool device_off_at_end(const Evidence& evidence) {
  bool off = false;
  for_each<trace::LinkChanged>(evidence, [&](const trace::Event&, const auto& change) {
    if (change.state != trace::LinkState::unchanged)
      off = change.state == trace::LinkState::down || change.state == trace::LinkState::no_carrier;
  });
  return off;
}

}  // namespace halfopen::judge
