#include "run/step_action.h"

#include "link/way.h"
#include "run/noted.h"

namespace halfopen::run {
namespace {

using namespace scenario;

/// How long a `tell` step waits for a client that reports to say that it is open.
constexpr Duration client_open_time = std::chrono::seconds(10);

/// What is sent many times goes out in portions, so that nothing of it is kept.
constexpr int most_at_once = 1000;
constexpr std::size_t most_bytes_at_once = std::size_t{64} * 1024;
constexpr Duration pause = std::chrono::milliseconds(1);

constexpr StepAction::Rest done{};

StepAction::Rest wait_until(Time until) { return {.waits = true, .until = until}; }

StepAction::Rest wait_for_client(Time until) {
  return {.waits = true, .for_client = true, .until = until};
}

ws::FrameHead head_of(const FrameStep& step) {
  ws::FrameHead head;
  head.opcode = static_cast<std::uint8_t>(step.opcode);
  head.fin = step.fin;
  head.rsv = static_cast<std::uint8_t>(step.rsv);
  if (step.masked) head.mask = 0x37fa213d;  // the key of RFC 6455, section 5.7
  head.declared_length = step.declared_length;
  head.length_bits = step.length_bits;
  return head;
}

ws::FrameHead ping_head() {
  ws::FrameHead head;
  head.opcode = static_cast<std::uint8_t>(ws::Opcode::ping);
  return head;
}

}  // namespace

/// Once, or a portion of many times.
template <class Once>
StepAction::Rest StepAction::send(Time now, const Step& step, std::size_t size, const Once& once) {
  const Time due = sent_ == 0 ? now : send_next_;
  for (int portion = 0; sent_ < step.times; ++portion) {
    if (portion == most_at_once || static_cast<std::size_t>(portion) * size > most_bytes_at_once)
      return wait_until(send_next_ = now + pause);
    once();
    ++sent_;
    if (step.every == Duration::zero() || sent_ == step.times) continue;
    return wait_until(send_next_ = due + step.every);
  }
  return done;
}

struct StepAction::Visitor {
  StepAction& action;
  const Step& whole;
  Time now;

  [[nodiscard]] int line() const { return whole.place.line; }

  Rest operator()(const SendStep& step) const {
    return action.send(now, whole, step.text.size(), [&] {
      action.target_.send_message(now, step.binary ? ws::Opcode::binary : ws::Opcode::text,
                                  as_bytes(step.text), line());
    });
  }
  Rest operator()(const ExpectStep& step) const { return wait_for_client(now + step.within); }
  Rest operator()(const ExpectCloseStep& step) const { return wait_for_client(now + step.within); }
  Rest operator()(const PingStep& step) const {
    action.target_.send_frame(now, ping_head(), as_bytes(step.payload), line());
    return step.pong_within ? wait_for_client(now + *step.pong_within) : done;
  }
  Rest operator()(const WaitStep& step) const { return wait_until(now + step.time); }
  Rest operator()(const EchoStep&) const {
    action.target_.set_echo();
    return done;
  }
  Rest operator()(const CloseStep& step) const {
    action.target_.send_close(now, step, line());
    const Duration way = link::there_and_back(*action.context_.link);
    return step.finish ? wait_for_client(now + close_answer_time + way) : done;
  }
  Rest operator()(const FaultStep& step) const {
    const faults::Fault& fault = *step.fault.fault;
    const auto acts = fault.acts(step.fault.arguments);
    action.context_.recorder.add(now, noted(fault, run::is_silent(acts)), action.attempt_, line());
    if (run::is_silent(acts)) action.has_silenced_ = true;
    for (const faults::Act& act : acts) action.target_.carry_out(act);
    return done;
  }
  Rest operator()(const RawStep& step) const {
    return action.send(now, whole, step.bytes.size(), [&] { action.target_.send_raw(step.bytes); });
  }
  Rest operator()(const FrameStep& step) const {
    return action.send(now, whole, step.payload.size(), [&] {
      action.target_.send_frame(now, head_of(step), step.payload, line());
    });
  }
  Rest operator()(const ReadStep& step) const {
    action.target_.read_at(now, step.rate);
    return done;
  }
  Rest operator()(const WriteStep& step) const {
    action.target_.write_bytewise(step.bytewise);
    return done;
  }
  Rest operator()(const LinkStep& step) const {
    action.context_.recorder.add(now, noted(step.change, *action.context_.link), action.attempt_,
                                 line());
    action.context_.outside.change_link(step.change);
    return done;
  }
  /// On a slow link the client opens later than the server: it is told only then.
  Rest operator()(const TellStep& step) const {
    if (action.context_.client_reports && !action.client_open_)
      return wait_until(now + client_open_time);
    action.context_.outside.tell(step.tell);
    return done;
  }
};

StepAction::Rest StepAction::carry_out(Time now, const Step& step) {
  return std::visit(Visitor{*this, step, now}, step.body);
}

}  // namespace halfopen::run
