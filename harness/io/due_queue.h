// Things that are due later, in order of time, on one timer of the loop.
#pragma once

#include <functional>
#include <map>
#include <utility>

#include "io/lateness.h"
#include "io/loop/loop.h"

namespace halfopen::io {

template <class T>
class DueQueue {
 public:
  /// `arrive` is called for each thing when it is due; never before. `arrived` after one or more of
  /// them that were due together; it may destroy the queue.
  DueQueue(Loop& loop, std::function<void(T&)> arrive, std::function<void()> arrived = nullptr)
      : timer_(loop), arrive_(std::move(arrive)), arrived_(std::move(arrived)) {}

  /// At once if it is due and nothing waits in front of it.
  void put(Time due, Time now, T thing) {
    if (due <= now && may_pass()) {
      arrive_(thing);
      if (arrived_) arrived_();
      return;
    }
    const bool first = waiting_.empty() || due < waiting_.begin()->first;
    waiting_.emplace(due, std::move(thing));
    if (first) arm();
  }
  /// Nothing arrives until hold(false), whenever it is due.
  void hold(bool held) {
    held_ = held;
    arm();
  }
  void clear() {
    waiting_.clear();
    timer_.cancel();
  }
  /// Whether what is due now has nothing to wait for.
  [[nodiscard]] bool may_pass() const { return waiting_.empty() && !held_; }
  [[nodiscard]] std::size_t size() const { return waiting_.size(); }
  [[nodiscard]] const Lateness& lateness() const { return lateness_; }

 private:
  void arm() {
    timer_.cancel();
    if (!held_ && !waiting_.empty()) timer_.set(waiting_.begin()->first, [this] { fire(); });
  }
  void fire() {
    for (Time time = now(); !waiting_.empty() && waiting_.begin()->first <= time; time = now()) {
      auto first = waiting_.extract(waiting_.begin());
      lateness_.add(time - first.key());
      arrive_(first.mapped());
    }
    arm();
    if (arrived_) arrived_();
  }

  Timer timer_;
  std::function<void(T&)> arrive_;
  std::function<void()> arrived_;
  std::multimap<Time, T> waiting_;  ///< Equal times keep their order.
  Lateness lateness_;
  bool held_ = false;
};

}  // namespace halfopen::io
