// What became of connections, in words.
#include <fmt/format.h>

#include "report/seen_words.h"
#include "report/words.h"

namespace halfopen::report {

using namespace judge;

std::string silence_of(const seen::Silence& seen) {
  return fmt::format("attempt {} fell silent at {}", seen.attempt, moment(seen.since));
}

std::string in_words(const seen::Silence& seen) {
  if (seen.noticed)
    return fmt::format("{}, and the client gave it up {} later, at {}", silence_of(seen),
                       span(*seen.noticed - seen.since), moment(*seen.noticed));
  return fmt::format("{}, and the client had not given it up when the run ended at {}",
                     silence_of(seen), moment(seen.run_end));
}

std::string in_words(const seen::NoSilence&) {
  return "no connection fell silent: the client never got that far";
}

std::string loss_of(const seen::Loss& seen) {
  return fmt::format("the connection of attempt {} was lost at {}", seen.attempt, moment(seen.at));
}

std::string in_words(const seen::Loss& seen) {
  if (seen.opened)
    return fmt::format("{}, and the next one opened {} later, at {}", loss_of(seen),
                       span(*seen.opened - seen.at), moment(*seen.opened));
  return fmt::format("{}, and none had opened when the run ended at {}", loss_of(seen),
                     moment(seen.run_end));
}

std::string in_words(const seen::NoLoss&) { return "no open connection was lost"; }

std::string in_words(const seen::EarlyEnd& seen) {
  const std::string error = seen.error.empty() ? "" : "; its last error: " + seen.error;
  return fmt::format("the client ended attempt {} at {}, {} after it had opened{}", seen.attempt,
                     moment(seen.at), span(seen.lived), error);
}

std::string in_words(const seen::Impatience& seen) {
  return fmt::format("attempt {} began {} after it, at {}", seen.attempt, span(seen.waited),
                     moment(seen.at));
}

}  // namespace halfopen::report
