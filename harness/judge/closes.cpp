// The Close frames that the client sent.
#include <algorithm>

#include "judge/checks.h"

namespace halfopen::judge {

void check_closes(const Evidence& evidence, Verdict& verdict) {
  const auto& wanted = evidence.expect().closes_with;
  if (!wanted) return;
  const scenario::ClosesWith& closes = wanted->value;
  const int line = wanted->place.line;
  std::optional<Measure> last;
  for_each<trace::Frame>(evidence, [&](const trace::Event& event, const trace::Frame& frame) {
    if (frame.from != trace::Side::client || frame.opcode != trace::Opcode::close) return;
    if (closes.attempt && *closes.attempt != event.attempt) return;
    last = measured(closes.codes, frame.code);
    if (std::ranges::count(closes.codes, frame.code) > 0) return;
    Failure failure{{Kind::closes_with},
                    line,
                    wanted::Close{closes.codes},
                    seen::Close{frame.code, event.at},
                    event.attempt};
    failure.measure = last;
    fail(evidence, verdict, std::move(failure));
  });
  if (last && !is_settled(verdict, Kind::closes_with))
    return hold(verdict, {Kind::closes_with}, line, last);
  if (!last && may_still_come(evidence, closes.attempt))
    return undecided(verdict, {Kind::closes_with}, line, why::NoAttempt{*closes.attempt});
  if (!last)
    fail_missing(evidence, verdict,
                 {{Kind::closes_with},
                  line,
                  wanted::Close{closes.codes},
                  seen::NoClose{true},
                  closes.attempt.value_or(0)});
}

}  // namespace halfopen::judge
