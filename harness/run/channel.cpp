#include "run/channel.h"

#include <algorithm>
#include <utility>

#include "run/noted.h"

namespace halfopen::run {
namespace {

/// The first byte of a TLS handshake record (RFC 8446, section 5.1).
constexpr std::uint8_t handshake_record = 22;

/// What is written at once beyond this goes in whole segments, one byte each or not: a client that
/// makes the server echo megabytes must not stop everything else.
constexpr std::size_t most_single = 4 * 1024;

/// What OpenSSL takes for the longest ClientHello and the record that it is in.
constexpr std::size_t room_of_hello = std::size_t{256} * 1024;

/// A buffer up to this size is kept from one write to the next.
constexpr std::size_t kept_buffer = std::size_t{256} * 1024;

/// The length of the first record with its head (RFC 8446, section 5.1).
std::size_t first_record(ByteView records) {
  constexpr std::size_t head = 5;
  if (records.size() < head) return records.size();
  const std::size_t length = static_cast<std::size_t>(records[3]) << 8 | records[4];
  return std::min(head + length, records.size());
}

}  // namespace

Channel::Channel(const Context& context, int attempt,
                 std::shared_ptr<crypto::Identities> identities, const scenario::Tls& tls)
    : context_(context),
      attempt_(attempt),
      identities_(std::move(identities)),
      fault_(tls),
      half_hello_(context.held->unfinished),
      idle_(context.held->idle) {
  if (!has_tls()) return;
  if (fault_) plan_ = faults::tls_plan(fault_->value);
  // Behind a fault of TLS nothing is resumed: the client would not see it.
  if (!fault_) plan_.server.ticket_key = identities_->ticket_key();
  if (plan_.forgets_sessions) plan_.server.ticket_key = crypto::make_ticket_key();
  plan_.server.stops_at_hello = plan_.breaks_off == faults::TlsPlan::BreakOff::client_hello;
  tls_ = crypto::Tls::server(identities_->get(plan_.certificate), plan_.server);
  tls_->start();
}

void Channel::received(Time now, ByteView wire, Bytes& plain) {
  if (deaf_ || failed_ || broken_off_ || wire.empty()) return;
  if (!tls_) return append(plain, wire);
  if (first_byte_ && wire[0] != handshake_record)
    context_.recorder.add(
        now,
        trace::Violation{"no-plaintext-to-tls", "sent `" + printable(wire, 60) + "` to a TLS port"},
        attempt_);
  first_byte_ = false;
  tls_->received(wire, plain);
  watch_hello(now);
  if (!tls_) return;
  strike(now);
  push_tls();
  watch_handshake(now);
  watch_idle_buffers();
}

/// Whoever sends half a ClientHello makes OpenSSL keep as much room as the whole says that it
/// takes.
void Channel::watch_hello(Time now) {
  const bool half = !tls_->hello_seen() && tls_->state() == crypto::Tls::State::handshaking;
  half_hello_.set(half ? room_of_hello : 0);
  if (!half_hello_.is_too_much(Held::most_unfinished)) return;
  half_hello_.set(0);
  context_.recorder.add(
      now,
      trace::Violation{"no-flood",
                       "more than 64 MiB of unfinished ClientHellos on all connections together"},
      attempt_);
  cut();
  deaf_ = true;
  tls_.reset();
}

/// A fault of TLS shows in the answer to the client's first message.
void Channel::strike(Time now) {
  if (!fault_ || struck_ || !tls_->hello_seen()) return;
  struck_ = true;
  if (plan_.needs_alpn && tls_->alpn().empty()) return;
  if (plan_.needs_session && !tls_->session_offered()) return;
  if (plan_.needs_status_request && !tls_->status_wanted()) return;
  context_.recorder.add(now, noted(*fault_->value.fault, is_silent(plan_.acts)), attempt_,
                        fault_->place.line);
}

/// Leaves of the answer what is to go out.
void Channel::break_off(Bytes& answer) {
  if (broken_off_ || !tls_->hello_seen()) return;
  switch (plan_.breaks_off) {
    case faults::TlsPlan::BreakOff::never:
      return;
    case faults::TlsPlan::BreakOff::client_hello:
      answer.clear();
      break;
    case faults::TlsPlan::BreakOff::server_hello:
      answer.resize(first_record(answer));
      break;
    case faults::TlsPlan::BreakOff::server_flight:
      break;
  }
  broken_off_ = true;
}

std::vector<faults::Act> Channel::take_acts() {
  if (!broken_off_) return {};
  return std::exchange(plan_.acts, {});
}

void Channel::watch_handshake(Time now) {
  using State = crypto::Tls::State;
  if (tls_->state() == State::open && !tls_reported_) {
    tls_reported_ = true;
    context_.recorder.add(now,
                          trace::TlsOpened{tls_->version(), tls_->server_name(), tls_->alpn(),
                                           tls_->session_offered(), tls_->resumed()},
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
    ByteView rest = out_;
    for (std::size_t i = 0; bytewise_ && i < most_single && !rest.empty(); ++i) {
      put(rest.first(1), true);
      rest = rest.subspan(1);
    }
    if (!rest.empty()) put(rest);
  }
  out_.clear();
  if (out_.capacity() > kept_buffer) out_.shrink_to_fit();
  watch_idle_buffers();
}

void Channel::watch_idle_buffers() {
  idle_.set(out_.capacity() + (tls_ ? tls_->idle_buffers() : 0));
  if (!idle_.is_too_much(Held::most_idle)) return;
  if (out_.empty()) release(out_);
  if (tls_) tls_->release_buffers();
  idle_.set(out_.capacity() + (tls_ ? tls_->idle_buffers() : 0));
}

void Channel::put(ByteView plain, bool apart) {
  if (!tls_) return put_bare(plain, apart);
  // OpenSSL keeps as much memory as it was given at once.
  while (!plain.empty()) {
    const ByteView piece = plain.first(std::min(plain.size(), kept_buffer));
    plain = plain.subspan(piece.size());
    tls_->send(piece);
    push_tls(apart);
  }
}

void Channel::put_bare(ByteView wire, bool apart) {
  written_ += wire.size();
  if (apart)
    context_.outside.write_apart(attempt_, wire);
  else
    context_.outside.write(attempt_, wire);
}

void Channel::send_bytewise(ByteView plain) {
  const bool before = bytewise_;
  set_bytewise(true);
  append(out_, plain);
  set_bytewise(before);
}

void Channel::set_bytewise(bool bytewise) {
  flush();
  bytewise_ = bytewise;
}

void Channel::push_tls(bool apart) {
  Bytes wire = tls_->take_output();
  break_off(wire);
  if (!wire.empty() && writable_) put_bare(wire, apart);
}

void Channel::send_bare(ByteView wire) {
  flush();
  if (writable_) put_bare(wire);
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
  half_hello_.set(0);
  release(out_);
  idle_.set(0);
}

void Channel::mark_end(trace::End how, int code, By by) {
  flush();
  begins_to_end(by);
  context_.outside.mark_end(attempt_, {how, code, *ender_});
}

void Channel::begins_to_end(By by) {
  if (!ender_) ender_ = by;
}

}  // namespace halfopen::run
