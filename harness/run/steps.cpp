#include "run/steps.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/units.h"
#include "run/noted.h"
#include "scenario/coins.h"
#include "scenario/story.h"
#include "ws/frame.h"

namespace halfopen::run {
namespace {

using namespace scenario;

/// How long a client may take to answer a Close frame before the server ends TCP by itself.
constexpr Duration close_answer_time = std::chrono::seconds(10);

/// How long a `tell` step waits for a client that reports to say that it is open.
constexpr Duration client_open_time = std::chrono::seconds(10);

std::string close_wanted(const std::optional<int>& code) {
  return code ? fmt::format("a Close frame with code {}", *code) : "a Close frame";
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

ws::FrameHead head_of(ws::Opcode opcode) {
  ws::FrameHead head;
  head.opcode = static_cast<std::uint8_t>(opcode);
  return head;
}

}  // namespace

Steps::Steps(const Context& context, StepTarget& target, int attempt,
             const std::vector<Step>& steps, Time opened)
    : context_(context),
      target_(target),
      attempt_(attempt),
      steps_(steps),
      happened_{.opened = opened} {}

/// Does what the current step does, and says whether it is done with that.
struct Steps::Act {
  Steps& steps;
  Time now;
  int line;

  Progress operator()(const SendStep& step) const {
    steps.target_.send_message(now, step.binary ? ws::Opcode::binary : ws::Opcode::text,
                               as_bytes(step.text), line);
    return Progress::done;
  }
  Progress operator()(const ExpectStep& step) const { return wait_for_client(step.within); }
  Progress operator()(const ExpectCloseStep& step) const { return wait_for_client(step.within); }
  Progress operator()(const PingStep& step) const {
    steps.target_.send_frame(now, head_of(ws::Opcode::ping), as_bytes(step.payload), line);
    return step.pong_within ? wait_for_client(*step.pong_within) : Progress::done;
  }
  Progress operator()(const WaitStep& step) const { return wait(step.time); }
  Progress operator()(const EchoStep&) const {
    steps.target_.set_echo();
    return Progress::done;
  }
  Progress operator()(const CloseStep& step) const {
    steps.target_.send_close(now, step, line);
    return step.finish ? wait_for_client(close_answer_time) : Progress::done;
  }
  Progress operator()(const FaultStep& step) const {
    const faults::Fault& fault = *step.fault.fault;
    const auto acts = fault.acts(step.fault.arguments);
    steps.context_.recorder.add(now, noted(fault, run::is_silent(acts)), steps.attempt_, line);
    if (run::is_silent(acts)) steps.has_silenced_ = true;
    for (const faults::Act& act : acts) steps.target_.carry_out(act);
    return Progress::done;
  }
  Progress operator()(const RawStep& step) const {
    steps.target_.send_raw(step.bytes);
    return Progress::done;
  }
  Progress operator()(const FrameStep& step) const {
    steps.target_.send_frame(now, head_of(step), step.payload, line);
    return Progress::done;
  }
  Progress operator()(const ReadStep& step) const {
    steps.target_.read_at(now, step.rate);
    return Progress::done;
  }
  Progress operator()(const WriteStep& step) const {
    steps.target_.write_bytewise(step.bytewise);
    return Progress::done;
  }
  Progress operator()(const LinkStep& step) const {
    steps.context_.recorder.add(now, noted(step.change), steps.attempt_, line);
    steps.context_.outside.change_link(step.change);
    return Progress::done;
  }
  /// On a slow link the client opens later than the server: it is told only then.
  Progress operator()(const TellStep& step) const {
    if (steps.context_.client_reports && !steps.client_open_) return wait(client_open_time);
    steps.context_.outside.tell(step.tell);
    return Progress::done;
  }

  [[nodiscard]] Progress wait(Duration time) const {
    steps.until_ = now + time;
    return Progress::waiting;
  }
  [[nodiscard]] Progress wait_for_client(Duration time) const {
    steps.grace_ = time;
    return wait(time);
  }
};

void Steps::begin(Time now) {
  const Step& step = current();
  begun_ = true;
  acted_ = false;
  grace_ = Duration::zero();
  inbox_.forget_passed_over();
  context_.recorder.add(now, trace::StepBegins{static_cast<int>(index_), scenario::describe(step)},
                        attempt_, step.place.line);
}

Steps::Progress Steps::act(Time now) {
  const Step& step = current();
  acted_ = true;
  const Coins coins{context_.recorder.trace().header.seed, context_.scenario.name, attempt_};
  if (!coins.fall_for(step.chance, fmt::format("step {}", index_ + 1))) return spare(now);
  return std::visit(Act{*this, now, step.place.line}, step.body);
}

/// The coin has fallen against the step.
Steps::Progress Steps::spare(Time now) {
  const auto* fault = std::get_if<FaultStep>(&current().body);
  const std::string name =
      fault == nullptr ? scenario::describe(current()) : std::string(fault->fault.fault->name);
  context_.recorder.add(now, trace::FaultSpared{name}, attempt_, current().place.line);
  return Progress::done;
}

void Steps::advance(Time now) {
  while (!done() && !failed_) {
    if (!begun_) begin(now);
    if (!acted_ && !has_come(current().moment, happened_, now)) return;
    if (!acted_ && act(now) == Progress::done)
      pass(now);
    else if (!goes_on(now))
      return;
  }
}

/// Whether what the current step waits for has come, or its time is up.
bool Steps::goes_on(Time now) {
  if (const auto* expect = std::get_if<ExpectStep>(&current().body))
    if (inbox_.take(expect->match)) {
      pass(now);
      return true;
    }
  const auto* wanted = std::get_if<ExpectCloseStep>(&current().body);
  if (client_close_ && (wanted != nullptr || std::holds_alternative<CloseStep>(current().body))) {
    if (wanted != nullptr && wanted->code && *wanted->code != *client_close_)
      fail(now, close_wanted(wanted->code),
           fmt::format("a Close frame with code {}", *client_close_));
    else
      pass(now);
    return true;
  }
  if (now < until_) return false;
  time_out(now);
  return true;
}

void Steps::time_out(Time now) {
  const StepBody& body = current().body;
  if (const auto* expect = std::get_if<ExpectStep>(&body))
    return fail(now, fmt::format("{} within {}", describe(expect->match), format(expect->within)),
                inbox_.passed_over());
  if (const auto* close = std::get_if<ExpectCloseStep>(&body))
    return fail(now, fmt::format("{} within {}", close_wanted(close->code), format(close->within)),
                "no Close frame");
  if (const auto* ping = std::get_if<PingStep>(&body))
    return fail(now,
                fmt::format("a pong within {}", format(ping->pong_within.value_or(Duration{}))),
                "no pong with that payload");
  if (std::holds_alternative<CloseStep>(body)) {
    target_.carry_out({faults::Act::Kind::finish, {}});
    return fail(now,
                fmt::format("a Close frame in answer within {} (RFC 6455, section 5.5.1)",
                            format(close_answer_time)),
                "no Close frame");
  }
  if (const auto* tell = std::get_if<TellStep>(&body)) context_.outside.tell(tell->tell);
  pass(now);
}

void Steps::halfopen_was_late(Duration by) {
  const Duration more = std::min(2 * by, grace_);
  grace_ -= more;
  until_ += more;
}

void Steps::client_opened(Time now) {
  client_open_ = true;
  if (done() || failed_ || !begun_) return;
  if (std::holds_alternative<TellStep>(current().body)) time_out(now);
  advance(now);
}

void Steps::message_begins(Time now) {
  ++happened_.messages_begun;
  if (waits_to_strike()) advance(now);
}

void Steps::message(Time now, ByteView payload) {
  if (done() || failed_) return;
  ++happened_.messages;
  inbox_.put(payload);
  advance(now);
}

void Steps::message_gone(Time now) {
  ++happened_.messages;
  if (waits_to_strike()) advance(now);
}

void Steps::bytes_read(Time now, std::size_t count) {
  happened_.bytes += count;
  if (waits_to_strike()) advance(now);
}

std::optional<std::uint64_t> Steps::bytes_to_strike() const {
  if (!waits_to_strike()) return std::nullopt;
  const auto* after = std::get_if<AfterBytes>(&current().moment);
  return after == nullptr ? std::nullopt : std::optional(after->count - happened_.bytes);
}

bool Steps::begin_echo() {
  ++happened_.echoes_begun;
  if (!waits_to_strike()) return false;
  const auto* in = std::get_if<InEcho>(&current().moment);
  return in != nullptr && happened_.echoes_begun >= in->nth;
}

void Steps::half_echoed(Time now) {
  happened_.in_echo = true;
  advance(now);
  happened_.in_echo = false;
}

void Steps::pong(Time now, ByteView payload) {
  if (done() || failed_ || !begun_) return;
  const auto* ping = std::get_if<PingStep>(&current().body);
  if (ping == nullptr || ping->payload != as_text(payload)) return;
  pass(now);
  advance(now);
}

void Steps::closed(Time now, int code) {
  client_close_ = code;
  advance(now);
}

void Steps::ended(Time now, const std::string& how) {
  if (done() || failed_) return;
  const auto left = steps_.begin() + static_cast<std::ptrdiff_t>(index_);
  if (std::any_of(left, steps_.end(), needs_connection))
    return fail(now, "the connection to last until this step and those behind it are done",
                client_close_ ? fmt::format("{}, after its Close {}", how, *client_close_) : how);
  const auto only_waits = [](const Step& step) {
    return std::holds_alternative<WaitStep>(step.body);
  };
  // What changes the link or tells the client something is done all the same, in its time.
  if (std::all_of(left, steps_.end(), only_waits)) index_ = steps_.size();
}

void Steps::pass(Time now) {
  context_.recorder.add(now, trace::StepPassed{static_cast<int>(index_)}, attempt_,
                        current().place.line);
  ++index_;
  begun_ = false;
}

void Steps::fail(Time now, const std::string& expected, const std::string& seen) {
  failed_ = true;
  context_.recorder.add(now, trace::StepFailed{static_cast<int>(index_), expected, seen}, attempt_,
                        current().place.line);
}

std::optional<Time> Steps::deadline() const {
  if (done() || failed_ || !begun_) return std::nullopt;
  return acted_ ? until_ : due(current().moment, happened_);
}

}  // namespace halfopen::run
