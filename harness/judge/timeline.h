// The attempts of a run, read off its trace: what the judge and the reports talk about.
#pragma once

#include <optional>
#include <string>
#include <utility>
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
  /// It left by the RST that answers a SYN-ACK which nobody waits for any more: it had given the
  /// attempt up before that, at a moment that nobody saw (RFC 9293, section 3.10.7.1).
  bool given_up_unseen = false;
  std::optional<Duration> opened;
  std::optional<int> status;            ///< HTTP status answered.
  std::vector<std::string> faults;      ///< Names of the faults that struck.
  std::optional<Duration> end_visible;  ///< When the client could see the end.
  trace::End end = trace::End::silence;
  int end_code = 0;
  trace::By end_by = trace::By::server;
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
  /// From the end of this attempt (design: "gap") to the SYN of the next; none for the last.
  std::optional<Duration> gap_to_next;
  /// The end is not known: the gap is at most `gap_to_next`, counted from the last certain moment
  /// at which the attempt was still wanted (its last SYN, or the silent fault).
  bool gap_at_most = false;
  /// The client was stopped (SIGSTOP) while it waited: how long it meant to is not known, but that
  /// it is at most `gap_to_next`.
  bool gap_frozen = false;
  bool ended_by_exit = false;  ///< It ended with the client's process.
  /// The next attempt began while this one lived, and not silenced: its gap is zero.
  bool overlapped = false;
};

[[nodiscard]] std::vector<AttemptView> timeline(const trace::Trace& trace);

/// How an attempt ended, as far as that is known.
struct Ending {
  enum class How {
    none,       ///< It did not.
    visible,    ///< The client could see it: `end`.
    left,       ///< The client left.
    said,       ///< The client said so.
    exited,     ///< With the client's process.
    over,       ///< Both sides were done with it.
    silence,    ///< Not known: it fell silent.
    last_sign,  ///< Not known: nothing answered it, and that was its last sign.
  };
  int attempt = 0;
  How how = How::none;
  Duration at{};
  trace::EndVisible end{};
};
[[nodiscard]] Ending ending_of(const AttemptView& attempt);
/// Who ended it; none where nobody did, or that is not known.
[[nodiscard]] std::optional<trace::By> ender_of(const Ending& ending);

/// The state of the link as it changes.
class LinkHistory {
 public:
  enum class Turn { none, cut, restored };
  /// What the change makes of the state; none where it was so before.
  Turn take(const trace::LinkChanged& change) {
    if (change.state == trace::LinkState::unchanged) return Turn::none;
    const bool cut = change.state != trace::LinkState::up;
    if (cut == std::exchange(cut_, cut)) return Turn::none;
    return cut ? Turn::cut : Turn::restored;
  }

 private:
  bool cut_ = false;
};

}  // namespace halfopen::judge
