// The life of a connection, from accept to its end; connection_frames.cpp has what is said on it.
#include "run/connection.h"

#include <algorithm>
#include <utility>

#include "run/noted.h"
#include "scenario/story.h"

namespace halfopen::run {
namespace {

const scenario::Tls no_fault;
constexpr std::uint16_t protocol_error = 1002;  // RFC 6455, section 7.4.1

}  // namespace

Connection::Connection(const Context& context, Host& host, int attempt,
                       const scenario::Attempt* table, Listener& listener)
    : context_(context),
      attempt_(attempt),
      table_(table),
      listener_(listener),
      channel_(context_, attempt, host.identities(), table_ == nullptr ? no_fault : table_->tls),
      opening_(context_, attempt, table_, channel_),
      log_(context.recorder, attempt),
      writer_(channel_, log_, *context.held),
      reader_(context, attempt, *this) {
  if (context.scenario.server.proxy || (table_ != nullptr && table_->proxy))
    proxy_.emplace(context_, attempt, host, table_, channel_);
}

bool Connection::alive() const {
  return opened_ && !over_ && closing_.state() == Closing::State::open && channel_.writable();
}

// ── a fault of the port ──────────────────────────────────────────────────────────────────────

void Connection::accepted(Time now) {
  if (proxy_) proxy_->accepted(now);
  if (table_ == nullptr || !table_->port) return;
  faults::Reception reception = scenario::reception(*table_);
  if (!reception.served) gate_.emplace(std::move(reception), now);
}

void Connection::at_gate(Time now) {
  const Gate::Due due = gate_->due(now);
  const faults::Fault& fault = *table_->port->fault;
  if (due.strikes)
    context_.recorder.add(
        now, noted(fault, scenario::is_received_silently(scenario::reception(*table_))), attempt_,
        table_->place.line);
  if (!due.says.empty()) context_.outside.write(attempt_, due.says);
  if (due.end) carry_out(*due.end);
  if (over_) forget();
}

// ── what the client sends ────────────────────────────────────────────────────────────────────

void Connection::received(Time now, ByteView wire) {
  now_ = now;
  reader_.new_turn();
  if (over_) return;
  if (gate_) {
    gate_->received(wire.size(), now);
    return at_gate(now);
  }
  Bytes passed;
  if (proxy_) {
    wire = proxy_->received(now, wire, passed);
    follow_proxy();
  }
  Bytes plain;
  // Without TLS nothing needs to be copied.
  const ByteView bytes = channel_.has_tls() ? (channel_.received(now, wire, plain), ByteView(plain))
                                            : (channel_.deaf() ? ByteView() : wire);
  for (const faults::Act& act : channel_.take_acts()) carry_out(act);
  switch (stage_) {
    case Stage::opening:
      opening_.received(now, bytes);
      follow_opening(now);
      break;
    case Stage::frames:
      reader_.read(bytes);
      break;
    case Stage::refused:
      break;
  }
  judge_frames();
  settle(now);
}

/// The end of everything that happens to it.
void Connection::settle(Time now) {
  channel_.flush();
  if (proxy_) proxy_->watch(now);
  if (over_) forget();
}

/// What the receiver found wrong with the bytes that it was fed.
void Connection::judge_frames() {
  const ws::Receiver* receiver = reader_.receiver();
  if (receiver == nullptr) return;
  if (receiver->violation()) on_violation();
  if (receiver->data_after_close() && !std::exchange(after_close_reported_, true))
    context_.recorder.add(
        now_, trace::Violation{"no-data-after-close", "sent data after its Close frame"}, attempt_);
}

void Connection::follow_proxy() {
  if (proxy_->altered()) opening_.excuse_request();
  if (!proxy_->refused()) return;
  refused_ = true;
  stage_ = Stage::refused;
}

// ── the opening handshake ────────────────────────────────────────────────────────────────────

/// Goes on where the opening handshake has come to its end.
void Connection::follow_opening(Time now) {
  switch (opening_.state()) {
    case Opening::State::request:
    case Opening::State::answer:
      return;
    case Opening::State::open:
      return open(now);
    case Opening::State::refused:
      return refused(now);
    case Opening::State::invalid:
      refused_ = true;
      stage_ = Stage::refused;
      return channel_.finish();
  }
}

void Connection::refused(Time now) {
  const Reaction& reaction = opening_.reaction();
  if (reaction.answer.whole)
    channel_.mark_end(trace::End::refusal, reaction.answer.status);
  else if (reaction.acts.empty())
    channel_.mark_end(trace::End::silence, 0);
  refused_ = true;
  stage_ = Stage::refused;
  now_ = now;
  if (reaction.finish) return channel_.finish();
  // After a bad 101 the server waits: it is for the client to fail the connection, and whatever it
  // sends as if it were open is worth recording.
  stage_ = Stage::frames;
  reader_.start({});
  read_early();
  for (const faults::Act& act : reaction.acts) carry_out(act);
}

void Connection::open(Time now) {
  opened_ = now;
  stage_ = Stage::frames;
  const std::optional<ws::Deflate> deflate = opening_.deflate();
  writer_.set_deflate(deflate);
  context_.recorder.add(now, trace::Opened{deflate ? ws::in_words(*deflate) : ""}, attempt_);
  channel_.flush();
  reader_.start(deflate);
  static const std::vector<scenario::Step> no_steps;
  const bool scripted = table_ != nullptr && table_->has_steps;
  replies_.emplace(context_, static_cast<StepTarget&>(*this), attempt_, table_, now);
  echo_ = !scripted && !replies_->answer_messages();
  steps_.emplace(context_, static_cast<StepTarget&>(*this), attempt_,
                 scripted ? table_->steps : no_steps, now);
  replies_->opened(now);
  const scenario::Auth* auth =
      table_ != nullptr && table_->handshake.auth ? &*table_->handshake.auth : nullptr;
  if (auth != nullptr && auth->where == scenario::Auth::Where::message)
    sign_in_.emplace(*auth, now);
  else
    steps_->advance(now);
  read_early();
}

/// Behind what was too much to be kept nobody knows where a frame begins.
void Connection::read_early() {
  if (!opening_.too_much_early()) return reader_.read(opening_.take_early());
  fail_client(protocol_error);
}

// ── how fast it reads ────────────────────────────────────────────────────────────────────────

void Connection::read_at(Time now, std::optional<double> rate) {
  if (reads_slowly()) context_.outside.note_waiting(attempt_);
  pace_.emplace(rate, now);
  context_.outside.read_at_most(attempt_, pace_->grant(now));
}

void Connection::keep_pace(Time now) {
  if (over_ || !pace_) return;
  if (const auto due = pace_->deadline(); due && *due <= now)
    context_.outside.read_at_most(attempt_, pace_->grant(now));
}

// ── the end ──────────────────────────────────────────────────────────────────────────────────

void Connection::peer_finished(Time now, By by) {
  now_ = now;
  finish_reading();
  channel_.begins_to_end(by);
  // A middlebox that ended it is to be named, though the client's FIN came last.
  end(now, trace::End::fin, channel_.ender() == By::middlebox ? By::middlebox : by);
  if (closing_.answers_fin()) channel_.finish();
  forget();
}

void Connection::peer_reset(Time now, By by) {
  now_ = now;
  end(now, trace::End::reset, by);
  forget();
}

void Connection::end(Time now, trace::End how, By by) {
  forgo_sign_in();
  if (steps_) steps_->ended(now, how, by);
  log_.flush(now);
  over_ = true;
}

/// A client may make thousands of attempts: those that are over hold no more of what it sent.
void Connection::forget() {
  channel_.forget();
  if (proxy_) proxy_->forget();
  opening_.forget();
  reader_.forget();
  writer_.forget();
  if (steps_) steps_->forget();
  if (replies_) replies_->forget();
}

void Connection::client_opened(Time now) {
  now_ = now;
  if (over_ || !steps_) return;
  steps_->client_opened(now);
  settle(now);
}

void Connection::tick(Time now) {
  now_ = now;
  reader_.new_turn();
  if (gate_ && !over_) return at_gate(now);
  if (proxy_ && !over_)
    if (const auto act = proxy_->tick(now)) {
      channel_.begins_to_end(By::middlebox);
      carry_out(*act);
    }
  if (!over_) opening_.tick(now);
  if (!over_ && stage_ == Stage::opening) follow_opening(now);
  go_on_reading();
  judge_frames();
  keep_pace(now);
  if (!over_ && sign_in_ && sign_in_->deadline() <= now) turn_away();
  if (replies_ && !over_) replies_->tick(now);
  if (steps_ && !sign_in_) steps_->advance(now);
  settle(now);
}

std::optional<Time> Connection::deadline() const {
  if (reader_.has_more() && !over_) return now_;
  if (gate_) return over_ ? std::nullopt : gate_->deadline();
  if (stage_ == Stage::opening && over_) return std::nullopt;
  const auto answer = opening_.deadline();
  auto next = answer || !steps_ ? answer : steps_->deadline();
  if (sign_in_) next = over_ ? std::nullopt : std::optional(sign_in_->deadline());
  const auto pace = reads_slowly() ? pace_->deadline() : std::nullopt;
  const auto idle = proxy_ && !over_ ? proxy_->deadline() : std::nullopt;
  const auto reply = replies_ && !over_ ? replies_->deadline() : std::nullopt;
  for (const auto& each : {pace, idle, reply})
    if (each) next = next ? std::min(*next, *each) : *each;
  return next;
}

}  // namespace halfopen::run
