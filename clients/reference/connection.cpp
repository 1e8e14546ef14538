// The states of a connection, from TCP to the closing handshake.
#include "connection.h"

#include <utility>

#include "client_frame.h"
#include "ws/close_code.h"

namespace reference {
namespace {

using halfopen::append;
using halfopen::as_bytes;
using halfopen::ws::Opcode;

/// What may wait to be written before the application's messages are refused.
constexpr std::size_t output_limit = 1024UL * 1024;

}  // namespace

Connection::Connection(const Policy& policy, const Url& url, const std::string& ca_file, Time now,
                       const halfopen::ws::Headers& headers, const Remembered& remembered,
                       std::optional<Tunnel> tunnel, const std::vector<std::string>& protocols)
    : policy_(policy),
      started_(now),
      tunnel_(std::move(tunnel)),
      channel_(url, ca_file, policy.tls, remembered),
      opening_(policy, url, headers, protocols),
      receiver_(halfopen::ws::Role::client,
                {[this](const halfopen::ws::ReceivedFrame& frame, halfopen::ByteView) {
                   on_frame(frame);
                 },
                 [this](const halfopen::ws::Message& message) { on_message(message); }},
                policy.message_limit),
      now_(now) {}

// ── from the network ─────────────────────────────────────────────────────────────────────────

void Connection::tcp_established(Time now) {
  now_ = now;
  if (!tunnel_) return start_securing();
  state_ = State::tunnelling;
  append(output(), tunnel_->request());
}

void Connection::receive_from_proxy(ByteView bytes, Time now) {
  const std::size_t taken = tunnel_->feed(bytes, output());
  switch (tunnel_->state()) {
    case Tunnel::State::asking:
      break;
    case Tunnel::State::through:
      start_securing();
      if (taken < bytes.size()) received(bytes.subspan(taken), now);
      break;
    case Tunnel::State::challenged:
      happenings_.emplace_back(Challenged{});
      state_ = State::ended;
      break;
    case Tunnel::State::refused:
      fail("proxy: " + tunnel_->problem());
      break;
  }
}

void Connection::start_securing() {
  state_ = State::securing;
  channel_.start();
  if (channel_.ready()) start_opening();
}

void Connection::start_opening() {
  state_ = State::opening;
  channel_.write(as_bytes(opening_.request()));
}

void Connection::received(ByteView bytes, Time now, bool in_one_segment) {
  now_ = now;
  in_one_segment_ = in_one_segment;
  if (state_ == State::tunnelling) return receive_from_proxy(bytes, now);
  const Bytes plain = channel_.received(bytes);
  if (const std::string problem = channel_.problem(); !problem.empty()) {
    fail_tls("TLS: " + problem);
    return;
  }
  if (state_ == State::securing && channel_.ready()) {
    if (const std::string why = distrust(); !why.empty()) return fail_tls("TLS: " + why);
    start_opening();
  }
  receive_plain(plain);
  if (channel_.peer_closed()) peer_finished(now);
}

/// Why a mutant does not like what TLS has come to, or "".
std::string Connection::distrust() const {
  if (!policy_.takes_full_handshake && channel_.resumption_refused())
    return "the server does not know the session any more";
  if (!policy_.takes_new_certificate && channel_.certificate_changed())
    return "the server has another certificate than at first";
  return {};
}

void Connection::receive_plain(ByteView bytes) {
  switch (state_) {
    case State::opening:
      receive_answer(bytes);
      break;
    case State::open:
    case State::closing:
      receive_frames(bytes);
      break;
    case State::connecting:
    case State::tunnelling:
    case State::securing:
    case State::failing:
    case State::hung:
    case State::ended:
      break;
  }
}

void Connection::receive_answer(ByteView bytes) {
  if (bytes.empty()) return;
  const std::size_t taken = opening_.feed(bytes);
  switch (opening_.state()) {
    case Opening::State::waiting:
      break;
    case Opening::State::hung:
      state_ = State::hung;
      break;
    case Opening::State::refused:
      fail("handshake: " + opening_.problem());
      break;
    case Opening::State::open:
      state_ = State::open;
      opened_ = now_;
      agree_on_extensions();
      heartbeat_.emplace(policy_, now_);
      happenings_.emplace_back(Opened{});
      if (policy_.takes_early_frames || !in_one_segment_) receive_frames(bytes.subspan(taken));
      break;
  }
}

void Connection::peer_finished(Time now) {
  now_ = now;
  if (opened_) {
    if (state_ == State::open && !policy_.drops_partial) deliver_partial();
    end();
  } else if (state_ == State::securing) {
    fail_tls("the peer ended the connection during the TLS handshake");
  } else {
    fail("the peer ended the connection before its answer was whole");
  }
}

void Connection::lost(std::string_view why, Time now) {
  now_ = now;
  if (!opened_) {
    fail(why);
    return;
  }
  if (state_ == State::open) happenings_.emplace_back(WentWrong{std::string(why)});
  peer_finished(now);
}

// ── from the application ─────────────────────────────────────────────────────────────────────

std::string Connection::send(std::string_view text) {
  if (state_ != State::open) return "not open";
  if (policy_.bounds_output && output().size() + text.size() > output_limit)
    return "too much is waiting to be sent";
  channel_.write(compressor_ ? compressed_text_frame(compressor_->compress(as_bytes(text)))
                             : client_frame(Opcode::text, as_bytes(text)));
  return {};
}

std::string Connection::close(int code, std::string_view reason, Time now) {
  now_ = now;
  if (!halfopen::ws::may_be_sent(code)) return "no Close frame may carry that code";
  if (state_ == State::open) {
    own_code_ = code;
    write_close(code, reason);
    wait_for_end(State::closing);
  } else if (!opened_) {
    fail("closed by the application before it was open");
  }
  return {};
}

// ── time ─────────────────────────────────────────────────────────────────────────────────────

std::optional<Time> Connection::due() const {
  const auto after = [](Time start, std::optional<Duration> limit) {
    return limit ? std::optional(start + *limit) : std::nullopt;
  };
  switch (state_) {
    case State::connecting:
      return after(started_, policy_.connect_timeout);
    case State::tunnelling:
    case State::securing:
    case State::opening:
      return after(started_, policy_.handshake_timeout);
    case State::open:
      return heartbeat_->due();
    case State::closing:
    case State::failing:
      return after(*closing_since_, policy_.close_timeout);
    case State::hung:
    case State::ended:
      break;
  }
  return {};
}

void Connection::tick(Time now) {
  now_ = now;
  if (!due() || now < *due()) return;
  switch (state_) {
    case State::connecting:
      fail("connect: timed out");
      break;
    case State::tunnelling:
      fail("proxy: timed out");
      break;
    case State::securing:
    case State::opening:
      fail("handshake: timed out");
      break;
    case State::open:
      if (heartbeat_->beat(now) == Heartbeat::Beat::ping) {
        channel_.write(client_frame(Opcode::ping, as_bytes(Heartbeat::payload)));
      } else {
        happenings_.emplace_back(WentWrong{"heartbeat: no sign of life after the ping"});
        end();
      }
      break;
    case State::closing:
    case State::failing:
      end();
      break;
    case State::hung:
    case State::ended:
      break;
  }
}

// ── out ──────────────────────────────────────────────────────────────────────────────────────

std::vector<Happening> Connection::take_happenings() { return std::exchange(happenings_, {}); }

void Connection::write_close(std::optional<int> code, std::string_view reason) {
  if (std::exchange(close_sent_, true)) return;
  channel_.write(client_close_frame(code, reason));
}

void Connection::wait_for_end(State state) {
  state_ = state;
  if (!closing_since_) closing_since_ = now_;
}

void Connection::fail(std::string_view why) {
  if (state_ == State::ended || state_ == State::hung) return;
  happenings_.emplace_back(WentWrong{std::string(why)});
  end();
}

void Connection::fail_tls(std::string_view why) {
  if (policy_.fails_on_bad_tls) return fail(why);
  state_ = State::hung;
}

void Connection::end() {
  if (state_ == State::ended) return;
  const bool violated = receiver_.violation().has_value();
  Closed closed;
  if (close_received_ && !violated) {
    closed.code =
        policy_.reports_peer_code ? *close_received_ : own_code_.value_or(*close_received_);
    closed.reason = close_reason_;
    closed.clean = close_sent_;
  }
  if (opened_) closed.uptime = now_ - *opened_;
  closed.retry_after = opening_.header("Retry-After");
  closed.location = opening_.header("Location");
  closed.final = opening_.is_final();
  state_ = State::ended;
  happenings_.emplace_back(closed);
}

}  // namespace reference
