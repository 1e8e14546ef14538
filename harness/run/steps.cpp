#include "run/steps.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "run/noted.h"
#include "scenario/coins.h"
#include "scenario/story.h"
#include "scenario/words.h"
#include "ws/frame.h"

namespace halfopen::run {
namespace {

using namespace scenario;

/// How long a client may take to answer a Close frame before the server ends TCP by itself.
constexpr Duration close_answer_time = std::chrono::seconds(10);

/// How long a `tell` step waits for a client that reports to say that it is open.
constexpr Duration client_open_time = std::chrono::seconds(10);

/// What is sent many times goes out in portions, so that nothing of it is kept.
constexpr int most_at_once = 1000;
constexpr std::size_t most_bytes_at_once = std::size_t{64} * 1024;
constexpr Duration pause = std::chrono::milliseconds(1);

/// What a step waits for of the client, as it is noted where it does not come; none if for nothing.
struct Wanted {
  using Failed = std::optional<trace::StepFailed>;

  Failed operator()(const ExpectStep& step) const {
    trace::StepFailed failed{.missed = trace::Missed::message, .within = step.within};
    std::tie(failed.matching, failed.pattern) = noted(step.match);
    return failed;
  }
  Failed operator()(const ExpectCloseStep& step) const {
    return trace::StepFailed{
        .missed = trace::Missed::close, .code = step.code.value_or(0), .within = step.within};
  }
  Failed operator()(const PingStep& step) const {
    if (!step.pong_within) return std::nullopt;
    return trace::StepFailed{.missed = trace::Missed::pong, .within = *step.pong_within};
  }
  Failed operator()(const CloseStep& step) const {
    if (!step.finish) return std::nullopt;
    return trace::StepFailed{.missed = trace::Missed::answer, .within = close_answer_time};
  }
  template <class Other>
  Failed operator()(const Other&) const {
    return std::nullopt;
  }
};

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
    return send(step.text.size(), [&] {
      steps.target_.send_message(now, step.binary ? ws::Opcode::binary : ws::Opcode::text,
                                 as_bytes(step.text), line);
    });
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
    return send(step.bytes.size(), [&] { steps.target_.send_raw(step.bytes); });
  }
  Progress operator()(const FrameStep& step) const {
    return send(step.payload.size(),
                [&] { steps.target_.send_frame(now, head_of(step), step.payload, line); });
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
  /// Once, or a portion of many times.
  template <class Once>
  [[nodiscard]] Progress send(std::size_t size, const Once& once) const {
    const Step& step = steps.current();
    const Time due = steps.sent_ == 0 ? now : steps.until_;
    for (int portion = 0; steps.sent_ < step.times; ++portion) {
      if (portion == most_at_once || static_cast<std::size_t>(portion) * size > most_bytes_at_once)
        return wait(pause);
      once();
      ++steps.sent_;
      if (step.every == Duration::zero() || steps.sent_ == step.times) continue;
      steps.until_ = due + step.every;
      return Progress::waiting;
    }
    return Progress::done;
  }
  [[nodiscard]] Progress wait_for_client(Duration time) const {
    steps.grace_ = time;
    steps.client_gets_time_ = true;
    return wait(time);
  }
};

void Steps::begin(Time now) {
  begun_ = true;
  acted_ = false;
  round_ = 0;
  sent_ = 0;
  grace_ = Duration::zero();
  client_gets_time_ = false;
  inbox_.next_step();
  record_begin(now);
}

void Steps::record_begin(Time now) {
  context_.recorder.add(now,
                        trace::StepBegins{static_cast<int>(index_), scenario::describe(current())},
                        attempt_, current().place.line);
}

Steps::Progress Steps::act(Time now) {
  const Step& step = current();
  acted_ = true;
  const Coins coins{context_.recorder.trace().header.seed, context_.scenario.name, attempt_};
  const std::string place = round_ == 0 ? fmt::format("step {}", index_ + 1)
                                        : fmt::format("step {} round {}", index_ + 1, round_ + 1);
  if (!coins.fall_for(step.chance, place)) return spare(now);
  return carry_out(now);
}

Steps::Progress Steps::carry_out(Time now) {
  return std::visit(Act{*this, now, current().place.line}, current().body);
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
    if (over_ && can_be_passed_over()) {
      pass_over(now);
      continue;
    }
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
  if (sent_ > 0 && sent_ < current().times) {
    if (now < until_) return false;
    if (carry_out(now) == Progress::done) pass(now);
    return true;
  }
  if (const auto* expect = std::get_if<ExpectStep>(&current().body))
    if (inbox_.take(expect->match)) {
      pass(now);
      return true;
    }
  const auto* wanted = std::get_if<ExpectCloseStep>(&current().body);
  if (client_close_ && (wanted != nullptr || std::holds_alternative<CloseStep>(current().body))) {
    if (wanted != nullptr && wanted->code && *wanted->code != *client_close_)
      fail(now, {.missed = trace::Missed::close,
                 .cause = trace::Cause::other_code,
                 .code = *wanted->code,
                 .within = wanted->within,
                 .close_code = *client_close_});
    else
      pass(now);
    return true;
  }
  if (now < until_) return false;
  time_out(now);
  return true;
}

/// What has come instead of what the step at hand waits for, and how often it had come.
void Steps::add_what_came(trace::StepFailed& failed) const {
  if (std::holds_alternative<ExpectStep>(current().body)) {
    failed.came = inbox_.passed_over();
    failed.before = inbox_.passed_over_before();
  }
  failed.done = round_;
  failed.repeat = current().repeat;
}

void Steps::time_out(Time now) {
  const StepBody& body = current().body;
  if (std::holds_alternative<CloseStep>(body)) target_.carry_out({faults::Act::Kind::finish, {}});
  if (auto failed = std::visit(Wanted{}, body)) {
    add_what_came(*failed);
    return fail(now, *std::move(failed));
  }
  if (const auto* tell = std::get_if<TellStep>(&body)) context_.outside.tell(tell->tell);
  pass(now);
}

void Steps::halfopen_was_late(Duration by) {
  const Duration more = std::min(2 * by, grace_);
  grace_ -= more;
  until_ += by >= stall && client_gets_time_ ? std::max(by, more) : more;
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
  if (expects_more()) inbox_.put(payload);
  advance(now);
}

bool Steps::expects_more() const {
  const auto left = steps_.begin() + static_cast<std::ptrdiff_t>(index_);
  return std::any_of(left, steps_.end(), [](const Step& step) {
    return std::holds_alternative<ExpectStep>(step.body);
  });
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

void Steps::ended(Time now, trace::End how, By by) {
  over_ = true;
  while (!done() && !failed_ && can_be_passed_over()) pass_over(now);
  if (done() || failed_) return;
  const auto left = steps_.begin() + static_cast<std::ptrdiff_t>(index_);
  const auto fails = [](const Step& step) { return needs_connection(step) && !step.optional; };
  auto failed = begun_ && acted_ ? std::visit(Wanted{}, current().body) : std::nullopt;
  if (failed)
    add_what_came(*failed);
  else if (std::any_of(left, steps_.end(), fails))
    failed = trace::StepFailed{.missed = trace::Missed::connection};
  if (failed) {
    failed->cause = trace::Cause::ended;
    failed->how = how;
    failed->by = by;
    failed->close_code = client_close_.value_or(0);
    return fail(now, *std::move(failed));
  }
  const auto only_waits = [](const Step& step) {
    return std::holds_alternative<WaitStep>(step.body) || step.optional;
  };
  // What changes the link or tells the client something is done all the same, in its time.
  if (std::all_of(left, steps_.end(), only_waits)) index_ = steps_.size();
  advance(now);
}

void Steps::pass(Time now) {
  sent_ = 0;
  if (++round_ < current().repeat) {
    acted_ = false;
    grace_ = Duration::zero();
    // The time that the client has begins anew.
    if (std::visit(Wanted{}, current().body)) record_begin(now);
    return;
  }
  context_.recorder.add(now, trace::StepPassed{static_cast<int>(index_)}, attempt_,
                        current().place.line);
  ++index_;
  begun_ = false;
}

/// The connection is over, and the step need not be done.
void Steps::pass_over(Time now) {
  if (begun_) {
    round_ = current().repeat;
    return pass(now);
  }
  ++index_;
}

bool Steps::can_be_passed_over() const { return current().optional && needs_connection(current()); }

void Steps::fail(Time now, trace::StepFailed failed) {
  failed_ = true;
  failed.index = static_cast<int>(index_);
  context_.recorder.add(now, std::move(failed), attempt_, current().place.line);
}

bool Steps::expects() const {
  if (done() || failed_ || !begun_) return false;
  const auto* ping = std::get_if<PingStep>(&current().body);
  return std::holds_alternative<ExpectStep>(current().body) ||
         std::holds_alternative<ExpectCloseStep>(current().body) ||
         (ping != nullptr && ping->pong_within.has_value());
}

std::optional<Time> Steps::deadline() const {
  if (done() || failed_ || !begun_) return std::nullopt;
  return acted_ ? until_ : due(current().moment, happened_);
}

}  // namespace halfopen::run
