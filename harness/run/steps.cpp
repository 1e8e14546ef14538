#include "run/steps.h"

#include <fmt/format.h>

#include <algorithm>

#include "link/way.h"
#include "scenario/coins.h"
#include "scenario/story.h"
#include "trace/frozen.h"

namespace halfopen::run {

using namespace scenario;

namespace {

/// Whether what is still on its way has come.
constexpr Duration look_again = std::chrono::seconds(1);

}  // namespace

Steps::Steps(const Context& context, StepTarget& target, int attempt,
             const std::vector<Step>& steps, Time opened)
    : context_(context),
      target_(target),
      attempt_(attempt),
      steps_(steps),
      happened_{.opened = opened},
      action_(context, target, attempt),
      expected_(*context.held) {
  for (std::size_t i = 0; i < steps_.size(); ++i)
    if (const auto* expect = std::get_if<ExpectStep>(&steps_[i].body)) {
      expecting_.push_back(i);
      matches_.push_back(&expect->match);
    }
}

void Steps::begin(Time now) {
  begun_ = true;
  acted_ = false;
  round_ = 0;
  action_.begin();
  grace_ = Duration::zero();
  client_gets_time_ = false;
  expected_.next_step();
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
  const StepAction::Rest rest = action_.carry_out(now, current());
  if (!rest.waits) return Progress::done;
  until_ = rest.until;
  if (rest.for_client) {
    grace_ = until_ - now;
    client_gets_time_ = true;
  }
  return Progress::waiting;
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
  if (action_.has_more(current())) {
    if (now < until_) return false;
    if (carry_out(now) == Progress::done) pass(now);
    return true;
  }
  const StepBody& body = current().body;
  switch (expected_.answer_to(body)) {
    case Expected::Answer::right:
      pass(now);
      return true;
    case Expected::Answer::wrong:
      fail(now, trace::Cause::other_code, *wanted_by(body));
      return true;
    case Expected::Answer::none:
      break;
  }
  if (is_vain()) {
    auto wanted = *wanted_by(body);
    wanted.how = trace::End::close;
    fail(now, trace::Cause::ended, std::move(wanted));
    return true;
  }
  if (now < until_) return false;
  if (const Duration more = still_has(now); more > Duration::zero()) {
    until_ = now + more;
    return false;
  }
  time_out(now);
  return true;
}

Duration Steps::still_has(Time now) const {
  if (!std::holds_alternative<CloseStep>(current().body)) return Duration::zero();
  if (!end_seen_) return look_again;
  const Time start = context_.recorder.start();
  const trace::Frozen frozen(context_.recorder.trace());
  return *end_seen_ + close_answer_time + link::there_and_back(*context_.link) +
         frozen.between(*end_seen_ - start, now - start) - now;
}

/// No message comes behind the client's Close (RFC 6455, section 5.5.1).
bool Steps::is_vain() const {
  return expected_.close() && !current().optional &&
         std::holds_alternative<ExpectStep>(current().body);
}

/// The step at hand has failed to get what it wanted: says what has come instead, and how often it
/// had come.
void Steps::fail(Time now, trace::Cause cause, trace::StepFailed failed) {
  failed.index = static_cast<int>(index_);
  failed.cause = cause;
  failed.done = round_;
  failed.repeat = current().repeat;
  expected_.add_what_came(current().body, failed);
  failed_ = true;
  context_.recorder.add(now, std::move(failed), attempt_, current().place.line);
}

void Steps::time_out(Time now) {
  const StepBody& body = current().body;
  if (std::holds_alternative<CloseStep>(body)) target_.carry_out({faults::Act::Kind::finish, {}});
  if (auto wanted = wanted_by(body)) return fail(now, trace::Cause::time, *std::move(wanted));
  if (const auto* tell = std::get_if<TellStep>(&body)) context_.outside.tell(tell->tell);
  pass(now);
}

void Steps::halfopen_was_late(Duration by) {
  const Duration more = std::min(2 * by, grace_);
  grace_ -= more;
  until_ += by >= stall && client_gets_time_ ? std::max(by, more) : more;
}

void Steps::client_opened(Time now) {
  action_.client_opened();
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
  if (const Inbox::Matches wanted = still_expected(); !wanted.empty()) keep(now, payload, wanted);
  advance(now);
}

/// For the steps to come.
void Steps::keep(Time now, ByteView payload, Inbox::Matches wanted) {
  if (expected_.message(payload, wanted) || std::exchange(context_.held->left_untaken, true))
    return;
  context_.recorder.add(
      now,
      trace::Violation{"no-flood",
                       "more than 64 MiB of messages that no step has taken, on all "
                       "connections together"},
      attempt_);
}

/// What the step at hand and those behind it wait for.
Inbox::Matches Steps::still_expected() const {
  const auto first = std::ranges::lower_bound(expecting_, index_);
  return Inbox::Matches(matches_).subspan(
      static_cast<std::size_t>(std::distance(expecting_.begin(), first)));
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
  expected_.closed(code);
  advance(now);
}

void Steps::ended(Time now, trace::End how, By by) {
  over_ = true;
  while (!done() && !failed_ && can_be_passed_over()) pass_over(now);
  if (done() || failed_) return;
  const auto left = steps_.begin() + static_cast<std::ptrdiff_t>(index_);
  const auto fails = [](const Step& step) { return needs_connection(step) && !step.optional; };
  auto wanted = begun_ && acted_ ? wanted_by(current().body) : std::nullopt;
  if (!wanted && std::any_of(left, steps_.end(), fails))
    wanted = trace::StepFailed{.missed = trace::Missed::connection};
  if (wanted) {
    wanted->how = how;
    wanted->by = by;
    return fail(now, trace::Cause::ended, *std::move(wanted));
  }
  const auto only_waits = [](const Step& step) {
    return std::holds_alternative<WaitStep>(step.body) || step.optional;
  };
  // What changes the link or tells the client something is done all the same, in its time.
  if (std::all_of(left, steps_.end(), only_waits))
    while (!done()) pass_over(now);
  advance(now);
}

void Steps::pass(Time now) {
  action_.begin();
  if (++round_ < current().repeat) {
    acted_ = false;
    grace_ = Duration::zero();
    // The time that the client has begins anew.
    if (wanted_by(current().body)) record_begin(now);
    return;
  }
  context_.recorder.add(now, trace::StepPassed{static_cast<int>(index_)}, attempt_,
                        current().place.line);
  ++index_;
  begun_ = false;
}

/// The connection is over, and the step need not be done. It has not passed: its beginning alone
/// says that it was there.
void Steps::pass_over(Time now) {
  if (!begun_ && expects_something(current())) record_begin(now);
  action_.begin();
  ++index_;
  begun_ = false;
}

bool Steps::can_be_passed_over() const { return current().optional && needs_connection(current()); }

bool Steps::expects() const {
  if (done() || failed_ || !begun_) return false;
  return std::any_of(steps_.begin() + static_cast<std::ptrdiff_t>(index_), steps_.end(),
                     scenario::expects_something);
}

std::optional<Time> Steps::deadline() const {
  if (done() || failed_ || !begun_) return std::nullopt;
  return acted_ ? until_ : due(current().moment, happened_);
}

}  // namespace halfopen::run
