// What the client sends, as the server saw it: the run counts what matches (trace::MessageMatched).
#include "judge/checks.h"

namespace halfopen::judge {

void check_messages(const Evidence& evidence, Verdict& verdict) {
  const auto& all = evidence.expect().messages;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const scenario::MessageExpectation& wanted = all[i];
    seen::Messages messages;
    for_each<trace::MessageMatched>(evidence, [&](const trace::Event& event, const auto& matched) {
      if (matched.index != static_cast<int>(i)) return;
      constexpr int most_told = 6;
      if (++messages.count <= most_told) messages.times.push_back(event.at);
    });
    const Expectation expectation{Kind::messages, static_cast<int>(i) + 1};
    const Measure measure = measured(wanted.count, messages.count);
    const bool fits_none =
        wanted.count.contains(messages.count) && never_was(evidence, wanted.attempt);
    if (fits_none || may_still_come(evidence, wanted.attempt)) {
      undecided(verdict, expectation, wanted.place.line, why::NoAttempt{*wanted.attempt});
      continue;
    }
    if (wanted.count.contains(messages.count)) {
      hold(verdict, expectation, wanted.place.line, measure);
      continue;
    }
    const bool too_few = messages.count < wanted.count.lo;
    Failure failure{expectation, wanted.place.line, wanted, std::move(messages),
                    wanted.attempt.value_or(0)};
    failure.measure = measure;
    if (too_few)
      fail_missing(evidence, verdict, std::move(failure));
    else
      fail(evidence, verdict, std::move(failure));
  }
}

}  // namespace halfopen::judge
