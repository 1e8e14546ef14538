#include "run/attempts.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "scenario/story.h"

namespace halfopen::run {
namespace {

trace::Port port_of(faults::Reception::Answer answer) {
  using Answer = faults::Reception::Answer;
  switch (answer) {
    case Answer::accept:
      return trace::Port::open;
    case Answer::reset:
      return trace::Port::closed;
    case Answer::silence:
      return trace::Port::filtered;
    case Answer::unreachable:
      return trace::Port::unreachable;
  }
  return trace::Port::open;
}

/// Nothing answers it, and nothing ever will: nobody sees when the client gives it up.
bool is_unanswered(const Attempt& attempt) {
  return !attempt.connection && attempt.port == trace::Port::filtered;
}

}  // namespace

Attempt* Attempts::find(int number) {
  return number < 1 || number > count() ? nullptr : &at(number);
}

Attempt Attempts::next() const {
  Attempt attempt;
  const int number = count() + 1;
  attempt.table = scenario::attempt_for(context_.scenario, number);
  if (attempt.table != nullptr && scenario::has_coins(*attempt.table)) {
    const std::uint64_t seed = context_.recorder.trace().header.seed;
    attempt.thrown = std::make_shared<const scenario::Thrown>(
        scenario::throw_coins(*attempt.table, {seed, context_.scenario.name, number}));
    attempt.table = &attempt.thrown->attempt;
  }
  attempt.resolution = scenario::resolution_of(attempt.table);
  if (attempt.table != nullptr) attempt.received = scenario::reception(*attempt.table);
  attempt.port = port_of(attempt.received.answer);
  return attempt;
}

void Attempts::add(Time now, const std::string& peer, Attempt attempt, bool look_up) {
  if (!empty()) touch(count());  // it has a successor now
  attempt.began = now;
  all_.push_back(std::move(attempt));
  live_.push_back(count());
  touch(count());
  context_.recorder.belongs(count(), client_);
  const Attempt& added = all_.back();
  const int line = added.table == nullptr ? 0 : added.table->place.line;
  context_.recorder.add(now, trace::AttemptBegins{peer, added.port, look_up}, count(), line);
  if (!added.thrown) return;
  for (const std::string& name : added.thrown->spared)
    context_.recorder.add(now, trace::FaultSpared{name}, count(), line);
}

int Attempts::newest_kept() const {
  for (auto number = live_.rbegin(); number != live_.rend(); ++number) {
    const Attempt& attempt = at(*number);
    if (!attempt.opened() && (attempt.left || attempt.over() || is_unanswered(attempt))) continue;
    const bool raced = attempt.opened() && *attempt.connection->opened() >= newest().began;
    return raced ? *number : count();
  }
  return count();
}

bool Attempts::awaits_syn() const {
  if (empty()) return false;
  const Attempt& last = newest();
  return last.awaits_syn && !last.connection && !last.end_seen && !last.reported_dead;
}

std::string Attempts::key_before(int number) const {
  const auto after = with_key_.lower_bound(number);
  if (after == with_key_.begin()) return "";
  const Attempt& attempt = at(*std::prev(after));
  return attempt.connection ? attempt.connection->key() : attempt.key;
}

// ── what has become of them ──────────────────────────────────────────────────────────────────

void Attempts::take_stock() {
  for (const int number : touched_) take_stock_of(number);
}

void Attempts::take_stock_of(int number) {
  Attempt& attempt = at(number);
  if (!attempt.connection) return;
  const Connection& connection = *attempt.connection;
  if (connection.opened() && !std::exchange(attempt.counted_open, true)) ++opens_;
  lacks_offer_ = lacks_offer_ || connection.lacks_offer();
  if (!connection.key().empty()) with_key_.insert(number);
  set_due(number, connection.deadline());
}

void Attempts::set_due(int number, std::optional<Time> due) {
  Attempt& attempt = at(number);
  if (attempt.due == due) return;
  if (attempt.due) deadlines_.erase({*attempt.due, number});
  if (due) deadlines_.emplace(*due, number);
  attempt.due = due;
}

std::optional<Time> Attempts::deadline() const {
  return deadlines_.empty() ? std::nullopt : std::optional(deadlines_.begin()->first);
}

std::vector<int> Attempts::due(Time now, std::size_t most) const {
  std::vector<int> numbers;
  for (const auto& [due, number] : deadlines_) {
    if (due > now || numbers.size() == most) break;
    numbers.push_back(number);
  }
  return numbers;
}

// ── the end ──────────────────────────────────────────────────────────────────────────────────

bool Attempts::may_change(int number, const Capacity& places) const {
  const Attempt& attempt = at(number);
  if (number == count() || !attempt.over_written) return true;
  if (!attempt.connection) return false;
  return !attempt.connection->over() || attempt.connection->deadline() || places.has_place(number);
}

void Attempts::let_go(const Capacity& places) {
  for (const int number : touched_)
    if (!may_change(number, places)) let_go(number);
  touched_.clear();
}

void Attempts::let_go(int number) {
  const auto live = std::ranges::lower_bound(live_, number);
  if (live != live_.end() && *live == number) live_.erase(live);
  Attempt& attempt = at(number);
  if (!attempt.connection) return;
  take_stock_of(number);
  set_due(number, std::nullopt);
  attempt.key = attempt.connection->key();
  let_go_.push_back(std::move(attempt.connection));
}

bool Attempts::close_some(std::size_t most) {
  bury(most);
  for (; most > 0 && !live_.empty(); --most) {
    at(live_.back()).connection.reset();
    live_.pop_back();
  }
  return !live_.empty() || !let_go_.empty();
}

void Attempts::bury(std::size_t most) {
  let_go_.erase(let_go_.end() - static_cast<std::ptrdiff_t>(std::min(most, let_go_.size())),
                let_go_.end());
}

}  // namespace halfopen::run
