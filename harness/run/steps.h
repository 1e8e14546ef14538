// The cursor over the steps of one attempt. Steps are data, and the cursor is a position in them:
// the trace knows the current step and its line at any time.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "run/context.h"
#include "run/inbox.h"
#include "ws/frame.h"

namespace halfopen::run {

/// What a step does to its connection.
class StepTarget {
 public:
  virtual ~StepTarget() = default;
  virtual void send_frame(Time now, const ws::FrameHead& head, ByteView payload, int line) = 0;
  virtual void send_raw(ByteView bytes) = 0;
  /// Close frame; with `finish`, TCP is ended when the client's Close has come.
  virtual void send_close(Time now, const scenario::CloseStep& close, int line) = 0;
  virtual void carry_out(const faults::Act& act) = 0;
  virtual void set_echo() = 0;
  /// Bits a second; 0: nothing; none: all that comes.
  virtual void read_at(Time now, std::optional<double> rate) = 0;
  virtual void write_bytewise(bool bytewise) = 0;
};

class Steps {
 public:
  Steps(const Context& context, StepTarget& target, int attempt,
        const std::vector<scenario::Step>& steps);

  /// Goes on as far as can be gone now.
  void advance(Time now);
  void message(Time now, ByteView payload);
  void pong(Time now, ByteView payload);
  /// The client's Close frame.
  void closed(Time now, int code);
  /// The client has reported `open`.
  void client_opened(Time now);
  /// The connection is over: what still waits has failed.
  void ended(Time now, const std::string& how);

  /// No more messages can come: those that were kept are not needed.
  void forget() { inbox_ = {}; }

  [[nodiscard]] std::optional<Time> deadline() const;
  [[nodiscard]] bool done() const { return index_ >= steps_.size(); }
  [[nodiscard]] bool failed() const { return failed_; }

 private:
  enum class Progress { done, waiting };
  struct Begin;

  Progress begin(Time now);
  void pass(Time now);
  void fail(Time now, const std::string& expected, const std::string& seen);
  void time_out(Time now);
  [[nodiscard]] const scenario::Step& current() const { return steps_[index_]; }

  const Context& context_;
  StepTarget& target_;
  int attempt_;
  const std::vector<scenario::Step>& steps_;
  std::size_t index_ = 0;
  bool begun_ = false;
  bool failed_ = false;
  bool client_open_ = false;
  Time until_{};
  Inbox inbox_;
  std::optional<int> client_close_;
};

}  // namespace halfopen::run
