// The cursor over the steps of one attempt. Steps are data, and the cursor is a position in them:
// the trace knows the current step and its line at any time.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "run/by.h"
#include "run/context.h"
#include "run/expected.h"
#include "run/moment.h"
#include "run/step_action.h"

namespace halfopen::run {

class Steps {
 public:
  /// `opened`: when the connection did.
  Steps(const Context& context, StepTarget& target, int attempt,
        const std::vector<scenario::Step>& steps, Time opened);

  /// Goes on as far as can be gone now.
  void advance(Time now);
  /// The first frame of a data message begins to arrive.
  void message_begins(Time now);
  void message(Time now, ByteView payload);
  /// A message has come that is not for the steps: it showed a token.
  void message_gone(Time now);
  /// So many bytes of frames were read. To be called for no more than bytes_to_strike() at once.
  void bytes_read(Time now, std::size_t count);
  /// How many bytes are still to come before the step at hand strikes; none if it does not wait
  /// for them.
  [[nodiscard]] std::optional<std::uint64_t> bytes_to_strike() const;
  /// An echo begins; whether the step at hand strikes in the middle of it, by half_echoed().
  [[nodiscard]] bool begin_echo();
  void half_echoed(Time now);
  void pong(Time now, ByteView payload);
  /// The client's Close frame.
  void closed(Time now, int code);
  /// The client can see that the server ends the connection: its Close, say, has come to it.
  void end_seen(Time now) { end_seen_ = now; }
  /// The client has reported `open`.
  void client_opened(Time now);
  /// The machine has no time for halfopen, and as little for the client, which gets twice `by` more
  /// for the step at hand. That at most doubles the time of a step; a standstill (context.h) does
  /// not count for it.
  void halfopen_was_late(Duration by);
  /// The connection is over: what still waits has failed.
  void ended(Time now, trace::End how, By by);

  /// No more messages can come: those that were kept are not needed.
  void forget() { expected_.forget(); }

  [[nodiscard]] std::optional<Time> deadline() const;
  [[nodiscard]] bool done() const { return index_ >= steps_.size(); }
  [[nodiscard]] bool failed() const { return failed_; }
  /// The step at hand, or one that is still to come, waits for something that the client is to do.
  [[nodiscard]] bool expects() const;
  /// A fault has struck that leaves the client without any sign.
  [[nodiscard]] bool has_silenced() const { return action_.has_silenced(); }

 private:
  enum class Progress { done, waiting };

  void keep(Time now, ByteView payload, Inbox::Matches wanted);
  void begin(Time now);
  void record_begin(Time now);
  Progress act(Time now);
  Progress carry_out(Time now);
  Progress spare(Time now);
  [[nodiscard]] bool goes_on(Time now);
  /// What is left of the time that halfopen itself sets the client, for its answer to a Close: that
  /// begins when it can see the Close, and does not go on while it is stopped.
  [[nodiscard]] Duration still_has(Time now) const;
  [[nodiscard]] bool is_vain() const;
  void pass(Time now);
  void pass_over(Time now);
  [[nodiscard]] bool can_be_passed_over() const;
  [[nodiscard]] Inbox::Matches still_expected() const;
  void fail(Time now, trace::Cause cause, trace::StepFailed failed);
  void time_out(Time now);
  [[nodiscard]] const scenario::Step& current() const { return steps_[index_]; }
  /// The step at hand waits for its moment.
  [[nodiscard]] bool waits_to_strike() const { return !done() && !failed_ && begun_ && !acted_; }

  const Context& context_;
  StepTarget& target_;
  int attempt_;
  const std::vector<scenario::Step>& steps_;
  std::size_t index_ = 0;
  bool begun_ = false;
  bool acted_ = false;  ///< The step at hand has done what it does.
  int round_ = 0;       ///< How often it was done before, of its `repeat`.
  bool over_ = false;   ///< The connection is.
  bool failed_ = false;
  Time until_{};
  std::optional<Time> end_seen_;
  Duration grace_{};  ///< What the client may still get for the step at hand beyond `until_`.
  bool client_gets_time_ = false;  ///< The step at hand waits for the client.
  Happened happened_;
  StepAction action_;
  Expected expected_;
  std::vector<std::size_t> expecting_;           ///< The steps that wait for a message …
  std::vector<const scenario::Match*> matches_;  ///< … and what each waits for.
};

}  // namespace halfopen::run
