// What the steps of a connection wait for of the client, and what has come: messages, its Close.
#pragma once

#include <optional>

#include "run/inbox.h"
#include "trace/step_events.h"

namespace halfopen::run {

/// What the step waits for of the client, as it is noted where it does not come; none if for
/// nothing.
[[nodiscard]] std::optional<trace::StepFailed> wanted_by(const scenario::StepBody& step);

class Expected {
 public:
  explicit Expected(Held& held) : inbox_(held) {}

  /// A message has come that no step has taken yet. As Inbox::put.
  bool message(ByteView payload, Inbox::Matches wanted) { return inbox_.put(payload, wanted); }
  /// The client's Close frame has come.
  void closed(int code) { close_ = code; }
  /// The next step begins.
  void next_step() { inbox_.next_step(); }
  /// Nothing more can come.
  void forget() { inbox_.clear(); }

  enum class Answer { none, right, wrong };
  /// Whether what the step waits for has come, or something else in its place.
  [[nodiscard]] Answer answer_to(const scenario::StepBody& step);
  /// Says what has come instead of what the step waits for.
  void add_what_came(const scenario::StepBody& step, trace::StepFailed& failed) const;
  /// The code of the client's Close.
  [[nodiscard]] const std::optional<int>& close() const { return close_; }

 private:
  Inbox inbox_;
  std::optional<int> close_;
};

}  // namespace halfopen::run
