// What the client sends, as the server saw it: the run counts what matches (trace::MessageMatched).
#include <fmt/format.h>

#include "judge/checks.h"
#include "judge/words.h"
#include "scenario/words.h"

namespace halfopen::judge {

void check_messages(const Evidence& evidence, Verdict& verdict) {
  const auto& all = evidence.expect().messages;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const scenario::MessageExpectation& wanted = all[i];
    int count = 0;
    std::string times;
    for_each<trace::MessageMatched>(evidence, [&](const trace::Event& event, const auto& matched) {
      if (matched.index != static_cast<int>(i)) return;
      constexpr int most_told = 6;
      if (++count <= most_told) times += (count == 1 ? ", at " : ", ") + moment(event.at);
    });
    const std::string name = fmt::format("messages[{}]", i + 1);
    if (wanted.count.contains(count) && never_was(evidence, wanted.attempt)) {
      undecided(verdict, name, wanted.place.line, no_attempt(*wanted.attempt));
      continue;
    }
    if (wanted.count.contains(count)) {
      hold(verdict, name, wanted.place.line);
      continue;
    }
    const std::string seen =
        count == 0 ? "no such message" : count_of(static_cast<std::size_t>(count), "such message");
    Failure failure{name, wanted.place.line, scenario::in_words(wanted), seen + times,
                    wanted.attempt.value_or(0)};
    failure.measure = measured(wanted.count, count);
    if (count < wanted.count.lo)
      fail_missing(evidence, verdict, std::move(failure));
    else
      fail(evidence, verdict, std::move(failure));
  }
}

}  // namespace halfopen::judge
