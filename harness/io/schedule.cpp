#include "io/schedule.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "io/expected_length.h"

namespace halfopen::io {
namespace {

constexpr Duration interval = std::chrono::milliseconds(100);

// A run of two minutes that begins last makes two minutes of waiting for it alone.
std::vector<std::size_t> longest_first(const std::vector<RunRequest>& requests) {
  std::vector<Duration> lengths;
  lengths.reserve(requests.size());
  for (const RunRequest& request : requests) lengths.push_back(expected_length(*request.scenario));
  std::vector<std::size_t> order(requests.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::greater<>(), [&](std::size_t i) { return lengths[i]; });
  return order;
}

}  // namespace

Schedule::Schedule(Host& host, std::vector<RunRequest> requests, Limits limits,
                   std::function<void(std::size_t, trace::Trace)> done)
    : host_(host),
      requests_(std::move(requests)),
      order_(longest_first(requests_)),
      began_(requests_.size()),
      slots_(limits),
      measuring_(host.loop()),
      done_(std::move(done)) {}

Schedule::~Schedule() {
  if (lag_listener_ != 0) host_.forget_lag(lag_listener_);
}

void Schedule::run() {
  lag_listener_ = host_.on_lag([this](Duration by) { late_ = std::max(late_, by); });
  measure();
  if (finished_ < requests_.size()) host_.loop().run();
}

// Those that have not begun never will; their places stay without a trace.
void Schedule::start_no_more() {
  if (next_ == requests_.size()) return;
  finished_ += requests_.size() - next_;
  next_ = requests_.size();
  measuring_.cancel();
  if (entries_.empty()) host_.loop().stop();
}

void Schedule::interrupt() {
  start_no_more();
  std::vector<LiveRun*> runs;
  for (const Entry& entry : entries_) runs.push_back(entry.run.get());
  for (LiveRun* run : runs) run->interrupt();
  if (entries_.empty()) host_.loop().stop();
}

void Schedule::hold_back(bool held) {
  slots_.hold_back(held);
  if (!held) start_more();
}

void Schedule::measure() {
  const Time due = std::exchange(measured_at_, now()) + interval;
  // What the loop is late by in small counts, too, and host's listeners hear of more only.
  if (due.time_since_epoch() > interval) late_ = std::max(late_, measured_at_ - due);
  slots_.measured(meter_.measure(std::exchange(late_, Duration{})));
  start_more();
  if (next_ < order_.size()) measuring_.set(measured_at_ + interval, [this] { measure(); });
}

void Schedule::start_more() {
  while (next_ < order_.size()) {
    const std::size_t index = order_[next_];
    if (!slots_.may_start(slots_.clamped(requests_[index].client->weight))) return;
    ++next_;
    start(index);
  }
}

void Schedule::start(std::size_t index) {
  entries_.push_back({index, slots_.clamped(requests_[index].client->weight), true, nullptr});
  began_[index] = true;
  const auto entry = std::prev(entries_.end());
  slots_.starts(entry->weight);
  LiveRun::Hooks hooks;
  hooks.started = [this, entry] {
    if (!std::exchange(entry->starting, false)) return;
    slots_.has_started(entry->weight);
    start_more();
  };
  hooks.done = [this, entry](trace::Trace trace) {
    if (std::exchange(entry->starting, false)) slots_.has_started(entry->weight);
    slots_.has_ended(entry->weight);
    finish(entry->index, std::move(trace));
    // The run is in the middle of a call; it goes on the next turn.
    host_.loop().at(now(), [this, entry] { clear_away(entry); });
  };
  entry->run = std::make_unique<LiveRun>(host_, std::move(requests_[index]), std::move(hooks));
}

/// In turns: a client may have left thousands of connections.
void Schedule::clear_away(std::list<Entry>::iterator entry) {
  if (entry->run->close_some())
    return (void)host_.loop().at(now(), [this, entry] { clear_away(entry); });
  entries_.erase(entry);
  start_more();
  if (finished_ == requests_.size() && entries_.empty()) host_.loop().stop();
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
