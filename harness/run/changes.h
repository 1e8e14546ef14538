// What a scenario changes outside of its attempts: [[at]] tables by the clock, [[when]] tables upon
// what the client reports.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "run/context.h"

namespace halfopen::run {

class Changes {
 public:
  /// What the context refers to must outlive this.
  Changes(const Context& context, Time start);

  /// The clock of the [[at]] tables begins here.
  void start_at(Time start) { start_ = start; }
  /// The [[at]] tables to come are so much later.
  void give_back(Duration time) { start_ += time; }
  /// Carries out the [[at]] tables that are due; whether there were any.
  bool tick(Time now);
  /// When tick() is to be called; none if no [[at]] is left.
  [[nodiscard]] std::optional<Time> deadline() const;

  /// The client has reported an event: carries out the [[when]] tables that wait for it, and says
  /// whether there were any.
  bool client_event(Time now, const std::string& event);
  /// How often the client has reported each event.
  [[nodiscard]] const std::map<std::string, int>& client_events() const { return client_events_; }

 private:
  void change_link(Time now, const link::Change& change, int line);

  const Context& context_;
  Time start_;
  std::vector<const scenario::At*> at_;  ///< In order of time.
  std::size_t next_at_ = 0;
  std::map<std::string, int> client_events_;
};

}  // namespace halfopen::run
