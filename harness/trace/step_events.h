// The steps of an attempt.
#pragma once

#include <string>
#include <vector>

#include "base/time.h"
#include "trace/describe.h"
#include "trace/words.h"

namespace halfopen::trace {

struct StepBegins {
  int index = 0;     ///< From 0, within the attempt's steps.
  std::string text;  ///< "expect \"hello\" within 2s"
};
HALFOPEN_EVENT(StepBegins, "step-begins", HALFOPEN_M(index), HALFOPEN_M(text))

struct StepPassed {
  int index = 0;
};
HALFOPEN_EVENT(StepPassed, "step-passed", HALFOPEN_M(index))

/// A step's own expectation was not met.
struct StepFailed {
  int index = 0;
  Missed missed = Missed::message;
  Cause cause = Cause::time;
  Matching matching = Matching::any;  ///< Of a message …
  std::string pattern{};            ///< … the text, expression, JSON or digits that it must fit.
  int code = 0;                     ///< Of the Close that was wanted; 0: any.
  Duration within{};                ///< The time that the client had.
  std::vector<std::string> came{};  ///< Messages that came instead: the first, readable.
  std::vector<std::string> before{};  ///< Those that an earlier step had passed over: the last.
  int close_code = 0;                 ///< Of the client's Close that came; 0: none did.
  int done = 0;                       ///< So often it had been done …
  int repeat = 1;                     ///< … of so often.
  End how = End::fin;                 ///< How the connection ended …
  By by = By::client;                 ///< … and who ended it.
};
HALFOPEN_EVENT(StepFailed, "step-failed", HALFOPEN_M(index), HALFOPEN_M(missed), HALFOPEN_M(cause),
               HALFOPEN_M(matching), HALFOPEN_M(pattern), HALFOPEN_M(code), HALFOPEN_M(within),
               HALFOPEN_M(came), HALFOPEN_M(before), HALFOPEN_M(close_code), HALFOPEN_M(done),
               HALFOPEN_M(repeat), HALFOPEN_M(how), HALFOPEN_M(by))

/// A message of the client's that [expect] speaks of: that of `messages` with this index, from 0.
struct MessageMatched {
  int index = 0;
};
HALFOPEN_EVENT(MessageMatched, "message-matched", HALFOPEN_M(index))

using StepEvents = Events<StepBegins, StepPassed, StepFailed, MessageMatched>;

}  // namespace halfopen::trace
