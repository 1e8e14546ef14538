// Why a run did not come about, and its end.
#pragma once

#include <string>

#include "trace/describe.h"
#include "trace/words.h"

namespace halfopen::trace {

/// What the scenario needs is not to be had here, or the client cannot do it.
struct Unsupported {
  std::string what;
  std::string remedy;
};
HALFOPEN_EVENT(Unsupported, "unsupported", HALFOPEN_M(what), HALFOPEN_M(remedy))

/// The run could not be carried out: the client would not start, the world could not be made.
struct Broken {
  std::string why;
  bool own = false;  ///< It was halfopen's own fault, and not the client's.
};
HALFOPEN_EVENT(Broken, "broken", HALFOPEN_M(why), HALFOPEN_M(own))

/// The last event.
struct Over {
  Ended why = Ended::not_run;
};
HALFOPEN_EVENT(Over, "over", HALFOPEN_M(why))

using RunEvents = Events<Unsupported, Broken, Over>;

}  // namespace halfopen::trace
