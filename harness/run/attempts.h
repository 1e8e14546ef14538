// The attempts of one client, in the order in which they began. Those that are over and have a
// successor are let go, and only those are looked at that something has happened to: what happens
// costs no more after thousands of them, or beside thousands of them.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "run/attempt.h"
#include "run/capacity.h"
#include "run/context.h"

namespace halfopen::run {

class Attempts {
 public:
  /// `client`: the number of the client whose they are, as events have it.
  Attempts(const Context& context, int client) : context_(context), client_(client) {}

  [[nodiscard]] int client() const { return client_; }
  [[nodiscard]] int count() const { return static_cast<int>(all_.size()); }
  [[nodiscard]] bool empty() const { return all_.empty(); }
  /// From 1. Null if there is none of that number.
  [[nodiscard]] Attempt* find(int number);
  [[nodiscard]] Attempt& at(int number) { return all_[static_cast<std::size_t>(number) - 1]; }
  [[nodiscard]] const Attempt& at(int number) const {
    return all_[static_cast<std::size_t>(number) - 1];
  }
  /// Only if there is one.
  [[nodiscard]] Attempt& newest() { return all_.back(); }
  [[nodiscard]] const Attempt& newest() const { return all_.back(); }
  /// The newest, but for those that came to nothing beside one which opened later than they began:
  /// who races two families of addresses (RFC 8305) keeps one. 0: there is none.
  [[nodiscard]] int newest_kept() const;
  /// Those that may still change, in order.
  [[nodiscard]] const std::vector<int>& live() const { return live_; }

  /// The one to come, as its table has it.
  [[nodiscard]] Attempt next() const;
  /// It begins, with its SYN or with its look-up.
  void add(Time now, const std::string& peer, Attempt attempt, bool look_up);
  /// The next SYN goes on with the newest.
  [[nodiscard]] bool awaits_syn() const;
  /// The Sec-WebSocket-Key of the latest attempt before that one; "" if none has sent one.
  [[nodiscard]] std::string key_before(int number) const;

  /// Something has happened to it. To be called after that, and before anything is asked below.
  void touch(int number) { touched_.insert(number); }
  /// The same to all that may still change.
  void touch_all() { touched_.insert(live_.begin(), live_.end()); }
  /// Those that were touched since let_go().
  [[nodiscard]] const std::set<int>& touched() const { return touched_; }
  /// Looks at those that were touched.
  void take_stock();

  // As of the last take_stock().

  /// So many were opened.
  [[nodiscard]] int opens() const { return opens_; }
  /// One of them offered too little for the scenario to test anything.
  [[nodiscard]] bool lacks_offer() const { return lacks_offer_; }
  /// The first deadline of a connection.
  [[nodiscard]] std::optional<Time> deadline() const;
  /// Those whose deadline has come, the first of them first; so many at most.
  [[nodiscard]] std::vector<int> due(Time now, std::size_t most) const;

  /// Lets those go that cannot change any more, of those that were touched. `places`: those who
  /// have one may.
  void let_go(const Capacity& places);
  /// Frees connections that were let go, so many at most. Not to be called from one of them.
  void bury(std::size_t most);
  /// The run is over, and nothing is asked any more: frees so many connections at most. False once
  /// there are none.
  bool close_some(std::size_t most);

 private:
  void take_stock_of(int number);
  void set_due(int number, std::optional<Time> due);
  void let_go(int number);
  [[nodiscard]] bool may_change(int number, const Capacity& places) const;

  const Context& context_;
  int client_;
  std::vector<Attempt> all_;
  std::vector<int> live_;
  /// One of these may be what has called the core, so they stay until it is called from outside.
  std::vector<std::unique_ptr<Connection>> let_go_;
  std::set<int> touched_;
  std::set<int> with_key_;                    ///< Those that have sent a Sec-WebSocket-Key.
  std::set<std::pair<Time, int>> deadlines_;  ///< Of those that have one.
  int opens_ = 0;
  bool lacks_offer_ = false;
};

}  // namespace halfopen::run
