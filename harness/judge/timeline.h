// The attempts of a run, read off its trace: what the judge and the reports talk about.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "trace/event.h"

namespace halfopen::judge {

struct AttemptView {
  int number = 0;
  Duration began{};
  std::string peer;
  trace::Port port = trace::Port::open;
  int syns = 0;                          ///< SYNs seen, retransmissions included.
  std::optional<Duration> opened;
  std::optional<int> status;             ///< HTTP status answered.
  std::vector<std::string> faults;       ///< Names of the faults that struck.
  std::optional<Duration> end_visible;   ///< When the client could see the end.
  trace::End end = trace::End::silence;
  int end_code = 0;
  std::optional<Duration> left;          ///< When the client ended its side.
  std::optional<Duration> over;
  std::optional<Duration> silent_since;  ///< When a silent fault struck (vanish, deaf, filtered …).
  /// From the end of this attempt (design: "gap") to the SYN of the next; none for the last.
  std::optional<Duration> gap_to_next;
  /// The next attempt began before this one had ended.
  bool overlapped = false;
};

[[nodiscard]] std::vector<AttemptView> timeline(const trace::Trace& trace);

}  // namespace halfopen::judge
