// The world around the client, and halfopen itself.
#pragma once

#include <cstdint>
#include <string>

#include "base/time.h"
#include "trace/describe.h"
#include "trace/words.h"

namespace halfopen::trace {

/// The link was changed by the scenario. At the start of a run it is up.
struct LinkChanged {
  LinkState state = LinkState::unchanged;
  bool kills_flows = false;  ///< The packets of every flow that there is vanish from now on.
  bool settings = false;     ///< Delays, losses, rates … are others.
  std::string text;          ///< For people: "down", "loss 30%".
};
HALFOPEN_EVENT(LinkChanged, "link-changed", HALFOPEN_M(state), HALFOPEN_M(kills_flows),
               HALFOPEN_M(settings), HALFOPEN_M(text))

/// The client was told to do something, or the harness wanted to and could not.
struct Told {
  std::string text;
  /// What it is to do: "close", "send" …; "freeze" and "thaw" for the whole of it; "" where it was
  /// told nothing.
  std::string action{};
};
HALFOPEN_EVENT(Told, "told", HALFOPEN_M(text), HALFOPEN_M(action))

/// Once per direction and run, at its end.
struct LinkSummary {
  Side from = Side::client;
  std::uint64_t units = 0;
  std::uint64_t bytes = 0;
  std::uint64_t lost = 0;
  std::string decisions;  ///< Hash of all decisions, keyed by packet, in hexadecimal.
  Duration late_p50{};
  Duration late_p99{};
  Duration late_max{};
};
HALFOPEN_EVENT(LinkSummary, "link-summary", HALFOPEN_M(from), HALFOPEN_M(units), HALFOPEN_M(bytes),
               HALFOPEN_M(lost), HALFOPEN_M(decisions), HALFOPEN_M(late_p50), HALFOPEN_M(late_p99),
               HALFOPEN_M(late_max))

/// halfopen itself was late: its loop did not run for that long.
struct Lag {
  Duration late{};
};
HALFOPEN_EVENT(Lag, "lag", HALFOPEN_M(late))

/// The harness lost something that it should not have (a full device queue): cannot be judged.
struct Unreliable {
  std::string why;
  bool events_missing = false;  ///< There were more of them than a trace keeps.
};
HALFOPEN_EVENT(Unreliable, "unreliable", HALFOPEN_M(why), HALFOPEN_M(events_missing))

/// Once a kind and run, at its end: so many events of it were too many to keep. (Of `headers`: so
/// many requests are there without what they said; of `attempts`: so many were not looked at.)
struct EventsOmitted {
  Noise kind = Noise::reports;
  std::uint64_t count = 0;
};
HALFOPEN_EVENT(EventsOmitted, "events-omitted", HALFOPEN_M(kind), HALFOPEN_M(count))

using WorldEvents = Events<LinkChanged, Told, LinkSummary, Lag, Unreliable, EventsOmitted>;

}  // namespace halfopen::trace
