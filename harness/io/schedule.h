// Many runs side by side. Waiting costs nothing, so many may wait together; starting a client costs
// processor time, so only a few start at once.
#pragma once

#include <functional>
#include <list>
#include <memory>
#include <vector>

#include "io/host.h"
#include "io/live_run.h"

namespace halfopen::io {

class Schedule {
 public:
  struct Limits {
    int jobs = 64;     ///< Weight of the clients running at once, by Client::weight.
    int starting = 8;  ///< Weight of the clients starting at once.
  };
  struct Running {
    std::size_t index = 0;
    int attempts = 0;
    std::optional<Time> latest_end;
  };

  /// `done` is called with each run's place in `requests`, as it ends.
  Schedule(Host& host, std::vector<RunRequest> requests, Limits limits,
           std::function<void(std::size_t index, trace::Trace trace)> done);

  /// Runs them all; returns when the last has ended.
  void run();
  /// Ends all that run and starts no more.
  void interrupt();

  [[nodiscard]] std::vector<Running> running() const;
  [[nodiscard]] std::size_t finished() const { return finished_; }

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
  [[nodiscard]] int weight_of(const RunRequest& request) const;

  Host& host_;
  std::vector<RunRequest> requests_;
  Limits limits_;
  std::function<void(std::size_t, trace::Trace)> done_;
  std::list<Entry> entries_;
  std::size_t next_ = 0;
  std::size_t finished_ = 0;
  int running_weight_ = 0;
  int starting_weight_ = 0;
};

}  // namespace halfopen::io
