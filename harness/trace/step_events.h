// The steps of an attempt.
#pragma once

#include <string>

#include "trace/describe.h"

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
  std::string expected;
  std::string seen;
};
HALFOPEN_EVENT(StepFailed, "step-failed", HALFOPEN_M(index), HALFOPEN_M(expected), HALFOPEN_M(seen))

/// A message of the client's that [expect] speaks of: that of `messages` with this index, from 0.
struct MessageMatched {
  int index = 0;
};
HALFOPEN_EVENT(MessageMatched, "message-matched", HALFOPEN_M(index))

using StepEvents = Events<StepBegins, StepPassed, StepFailed, MessageMatched>;

}  // namespace halfopen::trace
