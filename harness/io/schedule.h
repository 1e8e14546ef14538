// Many runs side by side, the longest first. Waiting costs nothing, so many may wait together;
// starting a client costs processor time, so only as many start at once as the machine takes.
#pragma once

#include <functional>
#include <list>
#include <memory>
#include <vector>

#include "io/host.h"
#include "io/live_run.h"
#include "io/load_meter.h"
#include "io/slots.h"

namespace halfopen::io {

class Schedule {
 public:
  using Limits = Slots::Limits;
  struct Running {
    std::size_t index = 0;
    int attempts = 0;
    std::optional<Time> latest_end;
  };

  /// `done` is called with each run's place in `requests`, as it ends.
  Schedule(Host& host, std::vector<RunRequest> requests, Limits limits,
           std::function<void(std::size_t index, trace::Trace trace)> done);
  ~Schedule();
  Schedule(Schedule&&) = delete;

  /// Runs them all; returns when the last has ended.
  void run();
  /// Lets those that run end by themselves.
  void start_no_more();
  /// Ends all that run and starts no more.
  void interrupt();
  /// While `held`, no more runs start: of those that have ended too much is still to be done.
  void hold_back(bool held);

  [[nodiscard]] std::vector<Running> running() const;
  [[nodiscard]] std::size_t finished() const { return finished_; }
  /// Whether that run was begun.
  [[nodiscard]] bool began(std::size_t index) const { return began_[index]; }

 private:
  struct Entry {
    std::size_t index = 0;
    int weight = 1;
    bool starting = true;
    std::unique_ptr<LiveRun> run;
  };

  void start_more();
  void start(std::size_t index);
  void finish(std::size_t index, trace::Trace trace);
  void clear_away(std::list<Entry>::iterator entry);
  void measure();

  Host& host_;
  std::vector<RunRequest> requests_;
  std::vector<std::size_t> order_;  ///< Places in `requests_`, the longest first.
  std::vector<bool> began_;
  Slots slots_;
  LoadMeter meter_;
  Timer measuring_;
  Time measured_at_;
  Duration late_{};  ///< The most since it was measured last.
  int lag_listener_ = 0;
  std::function<void(std::size_t, trace::Trace)> done_;
  std::list<Entry> entries_;
  std::size_t next_ = 0;  ///< In `order_`.
  std::size_t finished_ = 0;
};

}  // namespace halfopen::io
