// Decides when a run has nothing left to decide. Pure: looks at the scenario's expectations and at
// what has happened so far.
#pragma once

#include <optional>
#include <string>

#include "scenario/scenario.h"
#include "trace/event.h"

namespace halfopen::run {

/// What has happened so far, as far as the end depends on it.
struct Progress {
  int attempts = 0;
  int opens = 0;
  /// The last attempt: since when it has been alive and with its steps done; none if it is not.
  std::optional<Time> settling_since;
  /// Since when the first failed step has been known.
  std::optional<Time> step_failed_at;
  /// Since when, or from when on, an expectation is broken for good, if nothing comes before.
  std::optional<Time> broken_at;
  /// Some attempt was silenced and the client has not left it yet.
  bool waits_for_detection = false;
  /// Some [[at]] table is still to come.
  bool at_to_come = false;
  /// An attempt that was asked for, and that is not the newest, still expects something.
  bool expects_earlier = false;
  /// Something that the client is to report, to print or to send has not come often enough.
  bool awaits_client = false;
  /// Until then the client may still do what it must.
  std::optional<Time> client_has_until;
  std::optional<Time> client_exited_at;
  /// The client has shown that it cannot play the scenario.
  bool lacks_offer = false;
};

class Ending {
 public:
  /// `start_allowance`: what is granted on top of `within` until start_at() is called.
  Ending(const scenario::Scenario& scenario, Time start, Duration start_allowance = {});

  /// Why the run is over at `now`; none if it is not.
  [[nodiscard]] std::optional<trace::Ended> over(const Progress& progress, Time now) const;
  /// When over() is to be asked again, if nothing happens before.
  [[nodiscard]] Time deadline(const Progress& progress) const;
  /// The client's time begins only now.
  void start_at(Time start) {
    start_ = start;
    start_allowance_ = {};
  }
  /// The last attempt that counts if it comes.
  [[nodiscard]] int last_asked_for() const { return last_asked_for_; }
  /// So much of the client's time was none: halfopen stood still.
  void give_back(Duration time) { start_ += time; }
  /// When the time is up.
  [[nodiscard]] Time latest() const { return start_ + start_allowance_ + expect_.within.value; }

 private:
  [[nodiscard]] bool all_seen(const Progress& progress) const;
  [[nodiscard]] std::optional<Time> settled_at(const Progress& progress) const;
  [[nodiscard]] bool silence_expected() const;

  const scenario::Expect& expect_;
  Time nothing_too_often_before_;  ///< Until then reports are counted that may come too often.
  Time start_;
  Duration start_allowance_;
  int last_needed_;  ///< The attempts that must come, and those that count if they do:
  int last_asked_for_;
};

}  // namespace halfopen::run
