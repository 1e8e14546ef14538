// The attempts of a run, read off its trace: what the judge and the reports talk about.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "trace/event.h"

namespace halfopen::judge {

/// Two things closer together than this are not held to be in any order: a relay may learn of a
/// new connection before it learns of the end of the old one.
inline constexpr Duration simultaneous = std::chrono::milliseconds(50);

struct AttemptView {
  int number = 0;
  Duration began{};
  std::string peer;
  trace::Port port = trace::Port::open;
  int syns = 0;  ///< SYNs seen, retransmissions included.
  bool accepted = false;
  std::optional<Duration> opened;
  std::optional<int> status;            ///< HTTP status answered.
  std::vector<std::string> faults;      ///< Names of the faults that struck.
  std::optional<Duration> end_visible;  ///< When the client could see the end.
  trace::End end = trace::End::silence;
  int end_code = 0;
  std::optional<Duration> closing;  ///< When the client's own Close frame came.
  std::optional<Duration> left;     ///< When the client ended its side.
  std::optional<Duration> over;
  /// When it fell silent: a silent fault struck, the link went down (and did not come back while
  /// the connection lived), or a filtered port from the start.
  std::optional<Duration> silent_since;
  Duration last_sign{};  ///< The last that was seen of the client in this attempt.

  /// When the client was done with it: the end became visible to it or it left by itself,
  /// whichever came first. A silent one also ends with the client's own report of it. None: it
  /// lived to the end of the run, or its end cannot be known (a filtered port leaves no trace).
  std::optional<Duration> ended;
  bool ended_by_exit = false;  ///< It ended with the client's process.
  /// From the end of this attempt (design: "gap") to the SYN of the next; none for the last.
  std::optional<Duration> gap_to_next;
  /// The end is not known: the gap is at most `gap_to_next`, counted from the last certain moment
  /// at which the attempt was still wanted (its last SYN, or the silent fault).
  bool gap_at_most = false;
  /// The next attempt began while this one lived, and not silenced: its gap is zero.
  bool overlapped = false;
};

[[nodiscard]] std::vector<AttemptView> timeline(const trace::Trace& trace);

/// Whether the fault of that name leaves the client with nothing to see: only time can tell.
[[nodiscard]] bool is_silent_fault(std::string_view name);
/// Whether this change of the link, in the words of link::Change::text, cuts it off.
[[nodiscard]] bool cuts_link(std::string_view change);
/// Whether it cuts off the flows that there are, for good.
[[nodiscard]] bool kills_flows(std::string_view change);
/// Whether it lets the link carry again.
[[nodiscard]] bool restores_link(std::string_view change);

}  // namespace halfopen::judge
