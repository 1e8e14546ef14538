// Why a run is no pass and no failure: plain data. report/ has the words.
#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "judge/decision.h"
#include "trace/event.h"

namespace halfopen::judge {
namespace reason {

/// The trace has no end.
struct NoEnd {};
struct Interrupted {};
struct NotStarted {
  bool after_failure = false;  ///< As was asked for; else halfopen was interrupted.
};
// What casts doubt on a failure: halfopen lost something, was late, or its link was, …
struct Lost {
  std::string what;
};
struct Late {
  Duration total{};
  Duration longest{};
  Duration at{};  ///< The longest.
};
struct LinkLate {
  Duration most{};
};
/// … or the client never fetched its page.
struct Unstarted {};
/// The first of what was not decided.
struct Undecided {
  Decision first;
};
/// What was too much to keep.
struct LeftOut {
  std::uint64_t count = 0;
  trace::Noise kind = trace::Noise::reports;
};
/// There were more events than a trace keeps, by no doing of the client's.
struct EventsMissing {
  std::string what;
};
/// The first of what cannot be judged, where nothing can.
struct NothingJudged {
  Decision first;
};

}  // namespace reason

/// None for a pass and a failure.
using Reason = std::variant<std::monostate, trace::Broken, trace::Unsupported, reason::NoEnd,
                            reason::Interrupted, reason::NotStarted, reason::Lost, reason::Late,
                            reason::LinkLate, reason::Unstarted, reason::Undecided, reason::LeftOut,
                            reason::EventsMissing, reason::NothingJudged>;

}  // namespace halfopen::judge
