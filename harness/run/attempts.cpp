#include "run/attempts.h"

#include <algorithm>
#include <ranges>
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
  attempt.began = now;
  all_.push_back(std::move(attempt));
  live_.push_back(count());
  context_.recorder.belongs(count(), client_);
  const Attempt& added = all_.back();
  const int line = added.table == nullptr ? 0 : added.table->place.line;
  context_.recorder.add(now, trace::AttemptBegins{peer, added.port, look_up}, count(), line);
  if (!added.thrown) return;
  for (const std::string& name : added.thrown->spared)
    context_.recorder.add(now, trace::FaultSpared{name}, count(), line);
}

int Attempts::newest_kept() const {
  for (const int number : live_ | std::views::reverse) {
    const Attempt& attempt = at(number);
    if (!attempt.opened() && (attempt.left || attempt.over())) continue;
    const bool raced = attempt.opened() && *attempt.connection->opened() >= newest().began;
    return raced ? number : count();
  }
  return count();
}

bool Attempts::awaits_syn() const {
  if (empty()) return false;
  const Attempt& last = newest();
  return last.awaits_syn && !last.connection && !last.end_seen && !last.reported_dead;
}

std::string Attempts::key_before(int number) const {
  for (int earlier = number - 1; earlier > 0; --earlier) {
    const Attempt& attempt = at(earlier);
    const std::string& key = attempt.connection ? attempt.connection->key() : attempt.key;
    if (!key.empty()) return key;
  }
  return "";
}

int Attempts::opens() const {
  const auto open = std::count_if(live_.begin(), live_.end(), [this](int number) {
    return at(number).connection && at(number).connection->opened();
  });
  return opens_let_go_ + static_cast<int>(open);
}

bool Attempts::lacks_offer() const {
  return lacked_offer_ || std::any_of(live_.begin(), live_.end(), [this](int number) {
           return at(number).connection && at(number).connection->lacks_offer();
         });
}

bool Attempts::may_change(int number, const Capacity& places) const {
  const Attempt& attempt = at(number);
  if (number == count() || !attempt.over_written) return true;
  if (!attempt.connection) return false;
  return !attempt.connection->over() || attempt.connection->deadline() || places.has_place(number);
}

void Attempts::let_go(const Capacity& places) {
  std::erase_if(live_, [&](int number) {
    if (may_change(number, places)) return false;
    Attempt& attempt = at(number);
    if (!attempt.connection) return true;
    if (attempt.connection->opened()) ++opens_let_go_;
    lacked_offer_ = lacked_offer_ || attempt.connection->lacks_offer();
    attempt.key = attempt.connection->key();
    let_go_.push_back(std::move(attempt.connection));
    return true;
  });
}

}  // namespace halfopen::run
