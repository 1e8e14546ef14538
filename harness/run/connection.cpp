#include "run/connection.h"

#include <algorithm>
#include <utility>

#include "scenario/story.h"

namespace halfopen::run {
namespace {

constexpr std::uint16_t no_status = 1005;

const scenario::Tls no_fault;

}  // namespace

Connection::Connection(const Context& context, int attempt, const scenario::Attempt* table,
                       Portal& portal)
    : context_(context),
      attempt_(attempt),
      table_(table),
      channel_(context_, attempt, table_ == nullptr ? no_fault : table_->tls),
      opening_(context_, attempt, table_, channel_),
      log_(context.recorder, attempt) {
  if (context.scenario.server.proxy || (table_ != nullptr && table_->proxy))
    proxy_.emplace(context_, attempt, table_, portal, channel_);
}

bool Connection::alive() const {
  return opened_ && !over_ && !close_sent_ && !client_closed_ && channel_.writable();
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
    context_.recorder.add(now,
                          trace::FaultStruck{std::string(fault.name), std::string(fault.about)},
                          attempt_, table_->place.line);
  if (!due.greeting.empty()) context_.outside.write(attempt_, due.greeting);
  if (due.end) carry_out(*due.end);
  if (over_) forget();
}

// ── what the client sends ────────────────────────────────────────────────────────────────────

void Connection::received(Time now, ByteView wire) {
  now_ = now;
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
  const ByteView bytes = context_.identities
                             ? (channel_.received(now, wire, plain), ByteView(plain))
                             : (channel_.deaf() ? ByteView() : wire);
  for (const faults::Act& act : channel_.take_acts()) carry_out(act);
  switch (stage_) {
    case Stage::opening:
      opening_.received(now, bytes);
      follow_opening(now);
      break;
    case Stage::frames:
      read_frames(bytes);
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
  if (!receiver_) return;
  if (receiver_->violation()) on_violation();
  if (receiver_->after_close() > 0 && !std::exchange(after_close_reported_, true))
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
  start_receiver();
  read_frames(opening_.take_early());
  for (const faults::Act& act : reaction.acts) carry_out(act);
}

void Connection::open(Time now) {
  opened_ = now;
  stage_ = Stage::frames;
  deflate_ = opening_.deflate();
  context_.recorder.add(now, trace::Opened{deflate_ ? ws::in_words(*deflate_) : ""}, attempt_);
  channel_.flush();
  start_receiver();
  if (deflate_)
    receiver_->allow_deflate(
        {.window_bits = deflate_->client_bits, .takeover = deflate_->client_takeover});
  static const std::vector<scenario::Step> no_steps;
  const bool scripted = table_ != nullptr && table_->has_steps;
  echo_ = !scripted;
  steps_.emplace(context_, static_cast<StepTarget&>(*this), attempt_,
                 scripted ? table_->steps : no_steps, now);
  const scenario::Auth* auth =
      table_ != nullptr && table_->handshake.auth ? &*table_->handshake.auth : nullptr;
  if (auth != nullptr && auth->where == scenario::Auth::Where::message)
    sign_in_.emplace(*auth, now);
  else
    steps_->advance(now);
  read_frames(opening_.take_early());
}

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
  context_.recorder.add(
      now_, trace::FaultStruck{"unauthorized", "The first message does not show the token."},
      attempt_, line);
  dismissal_ = {{sign_in_->dismissal(), table_->handshake.place}};
  sign_in_.reset();
  steps_.emplace(context_, static_cast<StepTarget&>(*this), attempt_, dismissal_, *opened_);
  steps_->advance(now_);
}

// ── frames ───────────────────────────────────────────────────────────────────────────────────

void Connection::start_receiver() {
  ws::Receiver::Callbacks callbacks;
  callbacks.on_frame = [this](const ws::ReceivedFrame& frame) {
    last_frame_ = frame;
    if (!frame.fin) log_.received(now_, frame, {}, 0);
  };
  callbacks.on_message = [this](const ws::Message& message) { on_message(message); };
  callbacks.on_message_begins = [this] {
    if (steps_) steps_->message_begins(now_);
  };
  receiver_.emplace(ws::Role::server, std::move(callbacks));
}

/// In portions that end where a step strikes, so that it does so after the same byte in every run.
void Connection::read_frames(ByteView bytes) {
  while (!bytes.empty()) {
    const auto to_strike = steps_ ? steps_->bytes_to_strike() : std::nullopt;
    const ByteView portion = bytes.first(std::min(bytes.size(), to_strike.value_or(bytes.size())));
    bytes = bytes.subspan(portion.size());
    receiver_->feed(portion);
    if (steps_) steps_->bytes_read(now_, portion.size());
  }
}

void Connection::on_message(const ws::Message& message) {
  log_.received(now_, last_frame_, message.payload, message.close_code);
  if (!opened_) return;
  switch (message.opcode) {
    case ws::Opcode::text:
    case ws::Opcode::binary:
      take_message(message);
      break;
    case ws::Opcode::ping: {
      if (close_sent_) break;
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
  if (sign_in_) return sign_in(message.payload);
  if (!echo_ || close_sent_) return steps_->message(now_, message.payload);
  echo(message);
  steps_->message_gone(now_);
}

/// Whole, or as two fragments with a fault between them.
void Connection::echo(const ws::Message& message) {
  if (!steps_->begin_echo()) return send_message(now_, message.opcode, message.payload, 0);
  const std::size_t first = message.payload.size() / 2;
  ws::FrameHead head;
  head.opcode = static_cast<std::uint8_t>(message.opcode);
  head.fin = false;
  send_frame(now_, head, message.payload.first(first), 0);
  steps_->half_echoed(now_);
  if (close_sent_) return;
  head = {};
  head.opcode = static_cast<std::uint8_t>(ws::Opcode::continuation);
  send_frame(now_, head, message.payload.subspan(first), 0);
}

void Connection::on_client_close(const ws::Message& message) {
  client_closed_ = true;
  forgo_sign_in();
  if (!close_sent_ && !holds_) {
    scenario::CloseStep echo;
    if (message.close_code != no_status) echo.code = message.close_code;
    send_close(now_, echo, 0);
  }
  steps_->closed(now_, message.close_code);
  if (finish_after_close_ && !holds_) channel_.finish();
}

void Connection::on_violation() {
  if (stage_ == Stage::refused) return;
  stage_ = Stage::refused;
  forgo_sign_in();
  const ws::Receiver::Violation& violation = *receiver_->violation();
  context_.recorder.add(
      now_,
      trace::Violation{violation.rule == "masked" ? "masked-frames" : "valid-frames",
                       violation.text},
      attempt_);
  if (opened_ && !close_sent_) {
    scenario::CloseStep close;
    close.code = violation.code;
    send_close(now_, close, 0);
  }
  channel_.finish();
}

void Connection::send_message(Time now, ws::Opcode opcode, ByteView payload, int line) {
  ws::FrameHead head{.opcode = static_cast<std::uint8_t>(opcode)};
  if (!deflate_) return send_frame(now, head, payload, line);
  if (!channel_.writable()) return;
  if (!compressor_) compressor_.emplace(deflate_->server_bits, deflate_->server_takeover);
  const Bytes packed = compressor_->compress(payload);
  head.rsv = ws::rsv1;
  log_.sent(now, head, payload, packed.size(), line);
  ws::encode(channel_.out(), head, packed);
}

void Connection::send_frame(Time now, const ws::FrameHead& head, ByteView payload, int line) {
  if (!channel_.writable()) return;
  if ((head.rsv & ws::rsv1) != 0) forget_window();
  log_.sent(now, head, payload, payload.size(), line);
  ws::encode(channel_.out(), head, payload);
}

void Connection::send_raw(ByteView bytes) {
  forget_window();
  append(channel_.out(), bytes);
}

/// What was not made by the compressor may be compressed all the same, and then the client's window
/// holds what the compressor knows nothing of.
void Connection::forget_window() {
  if (compressor_) compressor_->forget();
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
  close_sent_ = true;
  finish_after_close_ = close.finish;
  channel_.mark_end(trace::End::close, close.code.value_or(no_status));
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
      forget_window();
      for (const std::uint8_t& byte : act.bytes) {
        channel_.flush();
        append(channel_.out(), ByteView(&byte, 1));
      }
      break;
    case Kind::linger:
      holds_ = true;
      [[fallthrough]];
    case Kind::close:
      send_raw(act.bytes);
      close_sent_ = true;
      channel_.mark_end(trace::End::close, 0);
      break;
    case Kind::hold:
      holds_ = true;
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

void Connection::peer_finished(Time now) {
  now_ = now;
  end(now, "the client ended TCP (FIN)");
  if (!holds_) channel_.finish();
  forget();
}

void Connection::peer_reset(Time now) {
  now_ = now;
  end(now, "the client reset TCP (RST)");
  forget();
}

void Connection::end(Time now, const std::string& how) {
  forgo_sign_in();
  if (steps_) steps_->ended(now, how);
  log_.flush(now);
  over_ = true;
}

/// A client may make thousands of attempts: those that are over hold no more of what it sent.
void Connection::forget() {
  channel_.forget();
  if (proxy_) proxy_->forget();
  opening_.forget();
  receiver_.reset();
  compressor_.reset();
  if (steps_) steps_->forget();
}

void Connection::client_opened(Time now) {
  now_ = now;
  if (over_ || !steps_) return;
  steps_->client_opened(now);
  settle(now);
}

void Connection::tick(Time now) {
  now_ = now;
  if (gate_ && !over_) return at_gate(now);
  if (proxy_ && !over_)
    if (const auto act = proxy_->tick(now)) carry_out(*act);
  if (!over_) opening_.tick(now);
  if (!over_ && stage_ == Stage::opening) follow_opening(now);
  judge_frames();
  keep_pace(now);
  if (!over_ && sign_in_ && sign_in_->deadline() <= now) turn_away();
  if (steps_ && !sign_in_) steps_->advance(now);
  settle(now);
}

std::optional<Time> Connection::deadline() const {
  if (gate_) return over_ ? std::nullopt : gate_->deadline();
  if (stage_ == Stage::opening && over_) return std::nullopt;
  if (sign_in_) return over_ ? std::nullopt : std::optional(sign_in_->deadline());
  const auto answer = opening_.deadline();
  auto next = answer || !steps_ ? answer : steps_->deadline();
  const auto pace = reads_slowly() ? pace_->deadline() : std::nullopt;
  const auto idle = proxy_ && !over_ ? proxy_->deadline() : std::nullopt;
  for (const auto& each : {pace, idle})
    if (each) next = next ? std::min(*next, *each) : *each;
  return next;
}

}  // namespace halfopen::run
