// The frames of an open connection: what comes, and what it is answered.
#include "client_frame.h"
#include "connection.h"

namespace reference {
namespace {

using halfopen::as_text;
using halfopen::ws::Opcode;

/// What may wait to be written before pings go unanswered (RFC 6455, section 5.5.3 allows to answer
/// only the latest).
constexpr std::size_t pong_limit = 64UL * 1024;

/// Of the mutant that does not join what TCP delivers: more at a time is too much for it.
constexpr std::size_t small_buffer = 1000;

}  // namespace

void Connection::agree_on_extensions() {
  const auto& deflate = opening_.deflate();
  if (!deflate && !policy_.compresses_as_agreed) compressor_.emplace(15, true);
  if (!deflate) return;
  receiver_.allow_deflate({.window_bits = deflate->server_bits,
                           .takeover = deflate->server_takeover && policy_.keeps_window,
                           .inflates = policy_.inflates,
                           .checks_data = policy_.checks_deflate,
                           .checks_rsv1 = policy_.checks_rsv1});
  compressor_.emplace(deflate->client_bits, deflate->client_takeover);
}

void Connection::receive_frames(ByteView bytes) {
  if (bytes.empty()) return;
  heartbeat_->heard(Policy::SignOfLife::anything, now_);
  if (!policy_.joins_reads && (bytes.size() > small_buffer || !are_whole_frames(bytes)))
    lost_its_place_ = true;
  if (lost_its_place_) return;
  if (policy_.drops_partial) {
    receiver_.feed(bytes);
  } else {
    for (const std::uint8_t byte : bytes) {  // Byte by byte, to know where each frame ends.
      unfinished_.push_back(byte);
      receiver_.feed({&byte, 1});
    }
  }
  const auto& violation = receiver_.violation();
  if (violation && policy_.fails_on_violation && state_ != State::ended)
    fail_protocol(violation->code, violation->rule, violation->text);
}

void Connection::fail_protocol(int code, std::string_view reason, const std::string& text) {
  happenings_.emplace_back(WentWrong{"protocol violation: " + text});
  write_close(code, reason);
  wait_for_end(State::failing);
}

void Connection::on_frame(const halfopen::ws::ReceivedFrame& frame) {
  if (frame.fin) unfinished_.clear();
  if (!frame.fin && !policy_.takes_fragments && state_ == State::open)
    fail_protocol(1003, "fragment", "a fragment, which this client does not take");
}

void Connection::on_message(const halfopen::ws::Message& message) {
  if (close_received_) return;  // Only control frames can follow, and they mean nothing any more.
  switch (message.opcode) {
    case Opcode::text:
    case Opcode::binary:
      heartbeat_->heard(Policy::SignOfLife::data, now_);
      if (state_ == State::open) {
        happenings_.emplace_back(MessageCame{Bytes(message.payload.begin(), message.payload.end()),
                                             message.opcode == Opcode::binary});
      }
      break;
    case Opcode::ping:
      if (policy_.answers_pings && !close_sent_ && output().size() < pong_limit) {
        channel_.write(client_frame(Opcode::pong, message.payload));
      }
      break;
    case Opcode::close:
      on_close_frame(message);
      break;
    case Opcode::pong:
      heartbeat_->heard(Policy::SignOfLife::pong, now_);
      if (!policy_.takes_unasked_pong && as_text(message.payload) != Heartbeat::payload)
        fail_protocol(1002, "pong", "a pong that answers no ping");
      break;
    case Opcode::continuation:
      break;
  }
}

void Connection::on_close_frame(const halfopen::ws::Message& message) {
  close_received_ = message.close_code;
  if (message.payload.size() > 2) close_reason_ = as_text(message.payload.subspan(2));
  if (!policy_.answers_close) return end();
  const bool has_code = message.payload.size() >= 2;
  write_close(has_code ? std::optional(message.close_code) : std::nullopt, {});
  wait_for_end(State::closing);  // The server closes TCP first (section 7.1.1).
}

void Connection::deliver_partial() {
  constexpr std::size_t head = 2;  // Good enough for the short messages that scenarios send.
  if (unfinished_.size() > head) {
    happenings_.emplace_back(MessageCame{Bytes(unfinished_.begin() + head, unfinished_.end())});
  }
}

}  // namespace reference
