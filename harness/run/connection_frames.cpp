// The messages and frames of an open connection: what comes is taken, echoed or handed to the
// steps; what the steps and faults want goes out.
#include "run/connection.h"

namespace halfopen::run {
namespace {

constexpr std::uint16_t no_status = 1005;

}  // namespace

// ── frames ───────────────────────────────────────────────────────────────────────────────────

void Connection::message_begins() {
  if (steps_) steps_->message_begins(now_);
}

void Connection::bytes_read(std::size_t count) {
  if (steps_) steps_->bytes_read(now_, count);
}

std::optional<std::uint64_t> Connection::bytes_to_strike() const {
  return steps_ ? steps_->bytes_to_strike() : std::nullopt;
}

void Connection::go_on_reading() {
  if (over_)
    reader_.drop_rest();
  else
    reader_.go_on();
}

/// What was put off, to its end: nothing comes behind it.
void Connection::finish_reading() {
  while (reader_.has_more()) {
    reader_.new_turn();
    go_on_reading();
    judge_frames();
  }
}

void Connection::held_too_much(const std::string& of_what) {
  break_off(1009, "more than 64 MiB of " + of_what + " on all connections together");
}

void Connection::break_off(std::uint16_t code, const std::string& why) {
  context_.recorder.add(now_, trace::Violation{"no-flood", why}, attempt_);
  fail_client(code);
}

void Connection::message_came(const ws::Message& message, const CameFrame& last) {
  log_.received(now_, last, message.payload, message.close_code);
  // Behind its Close frame a client may still ping, and is not answered (RFC 6455, section 5.5.2).
  if (!opened_ || !closing_.client_is_heeded()) return;
  switch (message.opcode) {
    case ws::Opcode::text:
    case ws::Opcode::binary:
      take_message(message);
      break;
    case ws::Opcode::ping: {
      if (!answers_pings_ || replies_->ping(now_, message.payload)) break;
      ws::FrameHead head;
      head.opcode = static_cast<std::uint8_t>(ws::Opcode::pong);
      send_frame(now_, head, message.payload, 0);
      break;
    }
    case ws::Opcode::pong:
      steps_->pong(now_, message.payload);
      break;
    case ws::Opcode::close:
      on_client_close(message);
      break;
    case ws::Opcode::continuation:
      break;
  }
}

void Connection::take_message(const ws::Message& message) {
  listener_.message_came(now_, attempt_, message.payload);
  reader_.count_work(message.payload.size());
  if (sign_in_) return sign_in(message.payload);
  const bool answered = is_open() && replies_->message(now_, message.payload);
  if (answered || !echo_ || !closing_.server_may_send())
    return steps_->message(now_, message.payload);
  echo(message);
  // What is sent back can be expected all the same.
  steps_->message(now_, message.payload);
}

/// Whole, or as two fragments with a fault between them.
void Connection::echo(const ws::Message& message) {
  const std::size_t unsent = context_.outside.unsent() + channel_.out().size();
  if (unsent + message.payload.size() > Held::most_unsent)
    return break_off(1011, "more than 64 MiB of echoes unread on all connections together");
  if (!steps_->begin_echo()) return send_message(now_, message.opcode, message.payload, 0);
  const std::size_t first = message.payload.size() / 2;
  ws::FrameHead head;
  head.opcode = static_cast<std::uint8_t>(message.opcode);
  head.fin = false;
  send_frame(now_, head, message.payload.first(first), 0);
  steps_->half_echoed(now_);
  if (!closing_.server_may_send()) return;
  head = {};
  head.opcode = static_cast<std::uint8_t>(ws::Opcode::continuation);
  send_frame(now_, head, message.payload.subspan(first), 0);
}

void Connection::on_client_close(const ws::Message& message) {
  closing_.receive();
  channel_.begins_to_end(By::client);
  forgo_sign_in();
  if (closing_.owes_answer()) {
    scenario::CloseStep echo;
    if (message.close_code != no_status) echo.code = message.close_code;
    if (!replies_->closed(now_, echo.code)) send_close(now_, echo, 0);
  }
  steps_->closed(now_, message.close_code);
  if (closing_.ends_tcp()) channel_.finish();
}

void Connection::on_violation() {
  if (stage_ == Stage::refused) return;
  const ws::Receiver::Violation& violation = *reader_.receiver()->violation();
  // A message may be of any length: that this server takes no more is not the client's mistake.
  if (violation.rule != "length")
    context_.recorder.add(
        now_,
        trace::Violation{violation.rule == "masked" ? "masked-frames" : "valid-frames",
                         violation.text},
        attempt_);
  fail_client(violation.code);
}

/// Fails the connection (RFC 6455, section 7.1.7): nothing of it is read any more.
void Connection::fail_client(std::uint16_t code) {
  stage_ = Stage::refused;
  forgo_sign_in();
  if (opened_ && closing_.server_may_send()) {
    scenario::CloseStep close;
    close.code = code;
    send_close(now_, close, 0);
  }
  channel_.finish();
}

void Connection::send_close(Time now, const scenario::CloseStep& close, int line) {
  Bytes payload;
  if (close.code) {
    payload = {static_cast<std::uint8_t>(*close.code >> 8),
               static_cast<std::uint8_t>(*close.code & 0xff)};
    append(payload, close.reason);
  }
  ws::FrameHead head;
  head.opcode = static_cast<std::uint8_t>(ws::Opcode::close);
  send_frame(now, head, payload, line);
  closing_.send();
  closing_.leave_tcp(!close.finish);
  channel_.mark_end(trace::End::close, close.code.value_or(no_status));
}

void Connection::answer_close(Time now, const scenario::CloseStep& close, int line) {
  if (!closing_.owes_answer() || !channel_.writable()) return;
  send_close(now, close, line);
  if (closing_.ends_tcp()) channel_.finish();
}

void Connection::carry_out(const faults::Act& act) {
  using Kind = faults::Act::Kind;
  switch (act.kind) {
    case Kind::send:
      send_raw(act.bytes);
      break;
    case Kind::bare:
      channel_.send_bare(act.bytes);
      break;
    case Kind::alert:
      channel_.send_bare(act.bytes);
      channel_.mark_end(trace::End::alert, 0);
      break;
    case Kind::drip:
      writer_.bytewise(act.bytes);
      break;
    case Kind::linger:
      closing_.withhold();
      [[fallthrough]];
    case Kind::close:
      send_raw(act.bytes);
      closing_.send();
      channel_.mark_end(trace::End::close, 0);
      break;
    case Kind::hold:
      closing_.withhold();
      break;
    case Kind::mute:
      answers_pings_ = false;
      break;
    case Kind::finish:
      channel_.finish();
      break;
    case Kind::cut:
      channel_.cut();
      break;
    case Kind::reset:
      channel_.reset();
      over_ = true;
      break;
    case Kind::vanish:
      channel_.vanish();
      break;
    case Kind::ignore:
      channel_.ignore();
      break;
  }
}

// ── a token that the first message must show ─────────────────────────────────────────────────

/// The client has shown the token in its first message, or something else.
void Connection::sign_in(ByteView message) {
  if (!sign_in_->accepts(message)) return turn_away();
  sign_in_.reset();
  steps_->message_gone(now_);
  steps_->advance(now_);
}

/// The client goes before it has shown the token: the steps are not for it.
void Connection::forgo_sign_in() {
  if (!sign_in_) return;
  sign_in_.reset();
  steps_.emplace(context_, static_cast<StepTarget&>(*this), attempt_, dismissal_, *opened_);
}

void Connection::turn_away() {
  const int line = table_->handshake.place.line;
  context_.recorder.add(now_,
                        trace::FaultStruck{trace::Layer::handshake, "unauthorized",
                                           "The first message does not show the token."},
                        attempt_, line);
  dismissal_ = {{sign_in_->dismissal(), table_->handshake.place}};
  sign_in_.reset();
  steps_.emplace(context_, static_cast<StepTarget&>(*this), attempt_, dismissal_, *opened_);
  steps_->advance(now_);
}

}  // namespace halfopen::run
