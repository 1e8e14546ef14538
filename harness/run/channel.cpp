#include "run/channel.h"

namespace halfopen::run {
namespace {

/// The first byte of a TLS handshake record (RFC 8446, section 5.1).
constexpr std::uint8_t handshake_record = 22;

}  // namespace

Channel::Channel(const Context& context, int attempt) : context_(context), attempt_(attempt) {
  if (!context_.identity) return;
  tls_ = crypto::Tls::server(context_.identity);
  tls_->start();
}

void Channel::received(Time now, ByteView wire, Bytes& plain) {
  if (deaf_ || failed_ || wire.empty()) return;
  if (!tls_) return append(plain, wire);
  if (first_byte_ && wire[0] != handshake_record)
    context_.recorder.add(
        now,
        trace::Violation{"no-plaintext-to-tls", "sent `" + printable(wire, 60) + "` to a TLS port"},
        attempt_);
  first_byte_ = false;
  tls_->received(wire, plain);
  push_tls();
  watch_handshake(now);
}

void Channel::watch_handshake(Time now) {
  using State = crypto::Tls::State;
  if (tls_->state() == State::open && !tls_reported_) {
    tls_reported_ = true;
    context_.recorder.add(now, trace::TlsOpened{tls_->version(), tls_->server_name(), tls_->alpn()},
                          attempt_);
  }
  if (tls_->state() != State::failed) return;
  failed_ = true;
  const bool from_client = tls_->alert_from_peer();
  context_.recorder.add(
      now,
      trace::TlsFailed{tls_->alert(), from_client ? trace::Side::client : trace::Side::server,
                       tls_->problem()},
      attempt_);
  if (!from_client) mark_end(trace::End::alert, 0);
  cut();
}

void Channel::flush() {
  if (out_.empty()) return;
  if (writable_ && !failed_) {
    if (tls_) {
      tls_->send(out_);
      push_tls();
    } else {
      context_.outside.write(attempt_, out_);
    }
  }
  out_.clear();
}

void Channel::push_tls() {
  const Bytes wire = tls_->take_output();
  if (!wire.empty() && writable_) context_.outside.write(attempt_, wire);
}

void Channel::finish() {
  flush();
  if (tls_ && writable_ && !failed_) {
    tls_->shutdown();
    push_tls();
  }
  cut();
}

void Channel::cut() {
  flush();
  if (!writable_) return;
  writable_ = false;
  context_.outside.finish(attempt_);
  mark_end(trace::End::fin, 0);
}

void Channel::reset() {
  flush();
  writable_ = false;
  deaf_ = true;
  mark_end(trace::End::reset, 0);
  context_.outside.reset(attempt_);
}

void Channel::vanish() {
  flush();
  writable_ = false;
  deaf_ = true;
  context_.outside.vanish(attempt_);
}

void Channel::ignore() {
  flush();
  writable_ = false;
  deaf_ = true;
  context_.outside.ignore(attempt_);
}

void Channel::forget() {
  writable_ = false;
  deaf_ = true;
  tls_.reset();
  out_ = {};
}

void Channel::mark_end(trace::End how, int code) {
  flush();
  context_.outside.mark_end(attempt_, how, code);
}

}  // namespace halfopen::run
