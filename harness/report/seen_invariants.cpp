// How an invariant was broken, in words.
#include <fmt/format.h>

#include "report/seen_words.h"
#include "report/words.h"
#include "trace/event.h"

namespace halfopen::report {
namespace {

using namespace judge;

std::string close_in_words(const seen::Report& report) {
  return fmt::format("`close` {}, {} at {}", report.event.code,
                     report.event.clean ? "clean" : "not clean", moment(report.at));
}

}  // namespace

std::string in_words(const seen::Violation& seen) {
  const std::string where = seen.attempt == 0 ? "" : fmt::format("attempt {}, ", seen.attempt);
  std::string text = fmt::format("{} ({}at {})", seen.text, where, moment(seen.first));
  if (seen.more > 0) text += fmt::format(", and {} more", count_of(seen.more, "time"));
  return text;
}

std::string in_words(const seen::SameKey& seen) {
  return fmt::format("attempts {} and {} both sent {}", seen.first, seen.second, seen.key);
}

std::string in_words(const seen::HotLoop& seen) {
  std::string gaps;
  for (const Duration gap : seen.gaps) gaps += (gaps.empty() ? "" : ", ") + span(gap);
  return fmt::format("attempts {} to {} came after gaps of {}", seen.first, seen.last, gaps);
}

std::string in_words(const seen::Comeback& seen) {
  return fmt::format("it said so at {}, and attempt {} began at {}", moment(seen.gave_up),
                     seen.attempt, moment(seen.began));
}

std::string in_words(const seen::Overlap& seen) {
  const std::string until =
      seen.until == forever ? "to the end of the run" : "until " + moment(seen.until);
  if (seen.connecting)
    return fmt::format("attempt {} began at {} while attempt {} was still connecting ({})",
                       seen.attempt, moment(seen.at), seen.other, until);
  return fmt::format("attempt {} opened at {} while the connection of attempt {} lived ({})",
                     seen.attempt, moment(seen.at), seen.other, until);
}

std::string in_words(const seen::TwoCloses& seen) {
  return fmt::format("two of them for one end: {} and {}, after {}", close_in_words(seen.first),
                     close_in_words(seen.second), count_of(seen.attempts, "attempt"));
}

std::string in_words(const seen::TooManyCloses& seen) {
  return fmt::format("{} of {} ended, and it reported {}", seen.ended,
                     count_of(seen.attempts, "attempt"), count_of(seen.closes, "`close`"));
}

std::string in_words(const seen::Untold& seen) {
  return fmt::format("{} opened and {} of them ended, and it reported {}",
                     count_of(seen.opened, "connection"), seen.ended,
                     count_of(seen.closes, "`close`"));
}

std::string in_words(const seen::Request& seen) { return "a request at " + moment(seen.at); }

std::string in_words(const seen::OpenAfterBadAnswer& seen) {
  return fmt::format("the client reported `open` at {}, after the bad answer at {}",
                     moment(seen.open), moment(seen.answer));
}

std::string in_words(const seen::FrameAfterBadAnswer& seen) {
  return fmt::format("the client sent a {} frame at {}, after the bad answer at {}",
                     trace::word(seen.opcode), moment(seen.frame), moment(seen.answer));
}

std::string in_words(const seen::KeptAfterBadAnswer& seen) {
  return fmt::format("the bad answer came at {}, and the connection was kept until {}",
                     moment(seen.answer), moment(seen.until));
}

std::string in_words(const seen::KeptAfterFault& seen) {
  return fmt::format("it struck at {}, and the connection {} {}", moment(seen.struck),
                     seen.lives ? "still lived when the run ended at" : "was kept until",
                     moment(seen.until));
}

}  // namespace halfopen::report
