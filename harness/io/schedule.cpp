#include "io/schedule.h"

#include <algorithm>
#include <utility>

namespace halfopen::io {

Schedule::Schedule(Host& host, std::vector<RunRequest> requests, Limits limits,
                   std::function<void(std::size_t, trace::Trace)> done)
    : host_(host), requests_(std::move(requests)), limits_(limits), done_(std::move(done)) {}

void Schedule::run() {
  start_more();
  if (finished_ < requests_.size()) host_.loop().run();
}

void Schedule::interrupt() {
  // Those that have not begun never will; their places stay without a trace.
  finished_ += requests_.size() - next_;
  next_ = requests_.size();
  std::vector<LiveRun*> runs;
  for (const Entry& entry : entries_) runs.push_back(entry.run.get());
  for (LiveRun* run : runs) run->interrupt();
  if (entries_.empty()) host_.loop().stop();
}

int Schedule::weight_of(const RunRequest& request) const {
  return std::clamp(request.client->weight, 1, std::min(limits_.jobs, limits_.starting));
}

void Schedule::start_more() {
  while (next_ < requests_.size()) {
    const int weight = weight_of(requests_[next_]);
    if (running_weight_ + weight > limits_.jobs || starting_weight_ + weight > limits_.starting)
      return;
    start(next_++);
  }
}

void Schedule::start(std::size_t index) {
  entries_.push_back({index, weight_of(requests_[index]), true, nullptr});
  const auto entry = std::prev(entries_.end());
  running_weight_ += entry->weight;
  starting_weight_ += entry->weight;
  LiveRun::Hooks hooks;
  hooks.started = [this, entry] {
    if (!std::exchange(entry->starting, false)) return;
    starting_weight_ -= entry->weight;
    start_more();
  };
  hooks.done = [this, entry](trace::Trace trace) {
    running_weight_ -= entry->weight;
    finish(entry->index, std::move(trace));
    // The run is in the middle of a call; it goes on the next turn.
    host_.loop().at(now(), [this, entry] {
      entries_.erase(entry);
      start_more();
      if (finished_ == requests_.size() && entries_.empty()) host_.loop().stop();
    });
  };
  entry->run = std::make_unique<LiveRun>(host_, requests_[index], std::move(hooks));
}

void Schedule::finish(std::size_t index, trace::Trace trace) {
  ++finished_;
  done_(index, std::move(trace));
}

std::vector<Schedule::Running> Schedule::running() const {
  std::vector<Running> all;
  for (const Entry& entry : entries_)
    if (entry.run) all.push_back({entry.index, entry.run->attempts(), entry.run->latest_end()});
  return all;
}

}  // namespace halfopen::io
