#include "judge/unasked.h"

namespace halfopen::judge {

bool ended_in_order(const Evidence& evidence, const AttemptView& attempt, Duration at) {
  constexpr int normal = 1000;  // RFC 6455, section 7.4.1
  if (attempt.end_visible == at && attempt.end == trace::End::close && attempt.end_code == normal)
    return true;
  bool told = false;
  for_each<trace::Told>(evidence, [&](const trace::Event& event, const trace::Told& what) {
    if (event.at >= *attempt.opened && event.at <= at) told = what.action == "close";
  });
  return told;
}

bool last_lives(const Evidence& evidence) {
  if (evidence.attempts.empty()) return false;
  const AttemptView& last = evidence.attempts.back();
  return last.opened && !last.ended && !last.closing && !last.over && !last.silent_since;
}

std::optional<why::TooFewGaps> no_more_gaps_asked_for(const Evidence& evidence, std::size_t gaps) {
  using Because = why::TooFewGaps::Because;
  if (const auto& attempts = evidence.expect().attempts) {
    if (attempts->value.lo > static_cast<int>(evidence.attempts.size())) return std::nullopt;
    return why::TooFewGaps{gaps, Because::allowed};
  }
  if (evidence.attempts.empty()) return std::nullopt;
  if (last_lives(evidence)) return why::TooFewGaps{gaps, Because::lives};
  const AttemptView& last = evidence.attempts.back();
  if (last.opened && last.ended && ended_in_order(evidence, last, *last.ended))
    return why::TooFewGaps{gaps, Because::in_order};
  return std::nullopt;
}

}  // namespace halfopen::judge
