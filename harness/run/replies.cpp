#include "run/replies.h"

#include <algorithm>

#include "base/random.h"
#include "run/step_action.h"

namespace halfopen::run {
namespace {

using scenario::Occasion;

bool is_left(const std::optional<int>& times, int done) { return !times || done < *times; }

}  // namespace

std::size_t Replies::Waiting::size() const {
  std::size_t bytes = sizeof *this + (pong ? pong->size() : 0);
  for (const scenario::SendStep& message : messages) bytes += sizeof message + message.text.size();
  return bytes;
}

Replies::Replies(const Context& context, StepTarget& target, int attempt,
                 const scenario::Attempt* table, Time opened)
    : context_(context), target_(target), attempt_(attempt), held_(context.held->unfinished) {
  if (table != nullptr) add(table->replies);
  add(context.scenario.replies);
  for (const scenario::Every& every : context.scenario.every)
    if (every.attempts.contains(attempt)) {
      Clock& clock = clocks_.emplace_back(Clock{&every});
      clock.due = opened + pause(clock);
    }
}

void Replies::add(const std::vector<scenario::Reply>& rules) {
  for (const scenario::Reply& reply : rules)
    if (reply.attempts.contains(attempt_)) rules_.push_back({&reply});
}

bool Replies::answer_messages() const {
  return std::ranges::any_of(rules_,
                             [](const Rule& rule) { return rule.reply->to == Occasion::message; });
}

void Replies::opened(Time now) {
  for (Rule& rule : rules_)
    if (rule.reply->to == Occasion::open)
      if (auto messages = scenario::answers(*rule.reply, {}, 1))
        put(now, rule, {rule.reply, *std::move(messages), {}, {}});
}

/// The first that is left answers.
bool Replies::message(Time now, ByteView payload) {
  for (Rule& rule : rules_) {
    if (rule.reply->to != Occasion::message || !is_left(rule.reply->times, rule.done)) continue;
    auto messages = scenario::answers(*rule.reply, payload, rule.done + 1);
    if (!messages) continue;
    put(now, rule, {rule.reply, *std::move(messages), {}, {}});
    return true;
  }
  return false;
}

Replies::Rule* Replies::rule_for(Occasion occasion) {
  const auto found = std::ranges::find_if(rules_, [&](const Rule& rule) {
    return rule.reply->to == occasion && is_left(rule.reply->times, rule.done);
  });
  return found == rules_.end() ? nullptr : &*found;
}

bool Replies::ping(Time now, ByteView payload) {
  Rule* rule = rule_for(Occasion::ping);
  if (rule == nullptr) return false;
  auto messages = scenario::answers(*rule->reply, {}, rule->done + 1);
  put(now, *rule,
      {rule->reply,
       std::move(messages).value_or(std::vector<scenario::SendStep>{}),
       Bytes(payload.begin(), payload.end()),
       {}});
  return true;
}

bool Replies::closed(Time now, std::optional<int> code) {
  Rule* rule = rule_for(Occasion::close);
  if (rule == nullptr) return false;
  scenario::CloseStep close;
  close.code = code;
  put(now, *rule, {rule->reply, {}, {}, close});
  return true;
}

void Replies::put(Time now, Rule& rule, Waiting answer) {
  ++rule.done;
  if (rule.reply->after == Duration::zero()) return say(now, answer);
  held_.set(held_.own() + answer.size());
  waiting_.emplace(now + rule.reply->after, std::move(answer));
  if (waiting_.size() > most_waiting || held_.is_too_much(Held::most_unfinished))
    target_.break_off(1009, "more answers wait for their time than a client can want");
}

void Replies::say(Time now, const Waiting& answer) {
  const int line = answer.rule->place.line;
  if (answer.pong && target_.is_open()) {
    ws::FrameHead head;
    head.opcode = static_cast<std::uint8_t>(ws::Opcode::pong);
    target_.send_frame(now, head, *answer.pong, line);
  }
  for (const scenario::SendStep& message : answer.messages) send(now, message, line);
  const auto& then = answer.rule->then;
  const auto* close = then ? std::get_if<scenario::CloseStep>(&then->body) : nullptr;
  if (answer.close && (close != nullptr || !then))
    return target_.answer_close(now, close != nullptr ? *close : *answer.close, line);
  if (!then || (!answer.close && !target_.is_open())) return;
  StepAction(context_, target_, attempt_).carry_out(now, *then);
  if (close != nullptr) ends_tcp_ = now + close_answer_time;
}

/// A client that asks and does not read is cut off as one that makes the server echo.
void Replies::send(Time now, const scenario::SendStep& message, int line) {
  if (!target_.is_open()) return;
  if (context_.outside.unsent() + message.text.size() > Held::most_unsent)
    return target_.break_off(1011,
                             "more than 64 MiB of answers unread on all connections together");
  target_.send_message(now, message.binary ? ws::Opcode::binary : ws::Opcode::text,
                       as_bytes(message.text), line);
}

Duration Replies::pause(const Clock& clock) const {
  const scenario::Every& every = *clock.every;
  if (every.jitter == 0) return every.time;
  const std::uint64_t seed = context_.recorder.trace().header.seed;
  const double share = 2 * Draws(mix({seed, key_of("every"), key_of(context_.scenario.name),
                                      static_cast<std::uint64_t>(attempt_),
                                      static_cast<std::uint64_t>(every.place.line),
                                      static_cast<std::uint64_t>(clock.done)}))
                               .unit() -
                       1;
  return std::chrono::duration_cast<Duration>(every.time * (1 + every.jitter * share));
}

/// What the client has not read yet is not heaped up.
void Replies::tick(Time now, Clock& clock) {
  while (is_left(clock.every->times, clock.done) && clock.due <= now) {
    ++clock.done;
    const scenario::SendStep message = scenario::filled(clock.every->send, clock.done);
    if (target_.is_open() && context_.outside.unsent() < Held::most_unsent)
      target_.send_message(now, message.binary ? ws::Opcode::binary : ws::Opcode::text,
                           as_bytes(message.text), clock.every->place.line);
    clock.due = std::max(clock.due + pause(clock), now);
  }
}

void Replies::tick(Time now) {
  while (!waiting_.empty() && waiting_.begin()->first <= now) {
    const Waiting answer = std::move(waiting_.begin()->second);
    waiting_.erase(waiting_.begin());
    held_.set(held_.own() - std::min(held_.own(), answer.size()));
    say(now, answer);
  }
  for (Clock& clock : clocks_) tick(now, clock);
  if (ends_tcp_ && *ends_tcp_ <= now) {
    ends_tcp_.reset();
    target_.carry_out({faults::Act::Kind::finish, {}});
  }
}

std::optional<Time> Replies::deadline() const {
  std::optional<Time> next = ends_tcp_;
  const auto take = [&](Time time) { next = next ? std::min(*next, time) : time; };
  if (!waiting_.empty()) take(waiting_.begin()->first);
  if (target_.is_open())
    for (const Clock& clock : clocks_)
      if (is_left(clock.every->times, clock.done)) take(clock.due);
  return next;
}

void Replies::forget() {
  waiting_.clear();
  clocks_.clear();
  rules_.clear();
  ends_tcp_.reset();
  held_.set(0);
}

}  // namespace halfopen::run
