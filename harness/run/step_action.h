// Does what a step does: to its connection, to the link, to the client.
#pragma once

#include "run/context.h"
#include "run/step_target.h"

namespace halfopen::run {

/// How long a client may take to answer a Close frame before the server ends TCP by itself.
inline constexpr Duration close_answer_time = std::chrono::seconds(10);

class StepAction {
 public:
  StepAction(const Context& context, StepTarget& target, int attempt)
      : context_(context), target_(target), attempt_(attempt) {}

  /// What is left of a step once it has done what it does now.
  struct Rest {
    bool waits = false;
    bool for_client = false;  ///< It waits for something that the client is to do.
    Time until{};             ///< It waits until then.
  };
  /// The step begins, or begins once more.
  void begin() { sent_ = 0; }
  /// Does it, or goes on with what it sends many times.
  Rest carry_out(Time now, const scenario::Step& step);
  /// Some of what the step sends many times is still to be sent.
  [[nodiscard]] bool has_more(const scenario::Step& step) const {
    return sent_ > 0 && sent_ < step.times;
  }

  /// The client has reported `open`.
  void client_opened() { client_open_ = true; }
  /// A fault has struck that leaves the client without any sign.
  [[nodiscard]] bool has_silenced() const { return has_silenced_; }

 private:
  struct Visitor;
  template <class Once>
  Rest send(Time now, const scenario::Step& step, std::size_t size, const Once& once);

  const Context& context_;
  StepTarget& target_;
  int attempt_;
  int sent_ = 0;      ///< How much it has sent, of its `times`.
  Time send_next_{};  ///< When it sends more.
  bool client_open_ = false;
  bool has_silenced_ = false;
};

}  // namespace halfopen::run
