#include "run/proxy.h"

#include <utility>

#include "run/noted.h"
#include "run/opening.h"
#include "run/proxy_requests.h"

namespace halfopen::run {
namespace {

using Does = faults::ProxyPlan::Does;
using Credentials = faults::ProxyPlan::Credentials;

/// A client that is asked for credentials more often on one connection is stuck in a loop.
constexpr int most_challenges = 10;

}  // namespace

Proxy::Proxy(const Context& context, int attempt, Host& host, const scenario::Attempt* table,
             Channel& channel)
    : context_(context),
      attempt_(attempt),
      table_(table),
      host_(host),
      portal_(host.portal()),
      channel_(channel),
      held_(context.held->unfinished) {
  if (table != nullptr && table->proxy) plan_ = faults::proxy_plan(table->proxy->value);
  if (pointed_at() || plan_.reads_requests())
    state_ = State::reading;
  else if (plan_.does == Does::hang)
    state_ = State::hanging;
}

// ── what the client sends ────────────────────────────────────────────────────────────────────

ByteView Proxy::received(Time now, ByteView wire, Bytes& storage) {
  if (wire.empty()) return wire;
  last_bytes_ = now;
  switch (state_) {
    case State::passing:
      return wire;
    case State::reading:
      read(now, wire, storage);
      return storage;
    case State::refused:
      spoke_on(now, "`" + printable(wire, 60) + "`");
      return {};
    case State::hanging:
      if (!struck_) channel_.mark_end(trace::End::silence, 0, By::middlebox);
      strike(now);
      return {};
  }
  return {};
}

void Proxy::read(Time now, ByteView wire, Bytes& onward) {
  while (state_ == State::reading && !wire.empty()) {
    const std::size_t used = reader_.feed(wire);
    wire = wire.subspan(used);
    if (!reader_.problem().empty()) return no_request(now);
    if (!reader_.complete()) return hold_part(now, used);
    const ws::Request request = reader_.request();
    reader_ = {};
    held_.set(0);
    decide(now, request, onward);
  }
  if (state_ == State::passing) append(onward, wire);
}

/// A part of a request has come.
void Proxy::hold_part(Time now, std::size_t size) {
  held_.set(held_.own() + size);
  if (!held_.is_too_much(Held::most_unfinished)) return;
  context_.recorder.add(
      now,
      trace::Violation{"no-flood",
                       "more than 64 MiB of unfinished requests on all connections together"},
      attempt_);
  say_no(faults::proxy_answer(400));
}

void Proxy::decide(Time now, const ws::Request& request, Bytes& onward) {
  if (pointed_at())
    context_.recorder.add(now, trace::ProxyAsked{request.method, request.target, request.headers},
                          attempt_);
  switch (plan_.does) {
    case Does::hang:
      state_ = State::hanging;
      strike(now);
      return channel_.mark_end(trace::End::silence, 0, By::middlebox);
    case Does::refuse:
      if (plan_.portal && portal_is_open(now)) break;
      strike(now);
      if (plan_.portal && is_login(request)) return log_in();
      return refuse(now, request, plan_.refusal);
    case Does::pass:
    case Does::strip:
      break;
  }
  if (pointed_at() && turned_away(now, request)) return;
  if (request.method == "CONNECT" && pointed_at()) return connect(now, request);
  forward(now, request, onward);
}

// ── going through ────────────────────────────────────────────────────────────────────────────

void Proxy::connect(Time now, const ws::Request& request) {
  if (!ws::equal_ignoring_case(request.target, host_.authority()))
    return refuse(now, request, faults::proxy_answer(502));
  context_.recorder.add(now, trace::ProxyAnswered{200}, attempt_);
  channel_.send_bare(as_bytes(std::string_view("HTTP/1.1 200 Connection established\r\n\r\n")));
  state_ = State::passing;
}

void Proxy::forward(Time now, ws::Request request, Bytes& onward) {
  if (pointed_at()) {
    const auto target = origin_form(request.target, host_.authority());
    if (!target) {
      complain(now, request,
               "asked the proxy for `" + printable(as_bytes(request.target), 60) +
                   "`, which names no server (RFC 9112, section 3.2.2)");
      return refuse(now, request, faults::proxy_answer(400));
    }
    request.target = *target;
  }
  if (plan_.does == Does::strip) {
    check_request(context_, now, attempt_, request);
    strike(now);
    altered_ = true;
  }
  state_ = State::passing;
  append(onward, head_for_server(request, plan_.does == Does::strip));
}

// ── saying no ────────────────────────────────────────────────────────────────────────────────

bool Proxy::portal_is_open(Time now) {
  if (!portal_.met) portal_.met = now;
  const Duration opens_after = plan_.portal->opens_after;
  if (opens_after > Duration::zero() && now >= *portal_.met + opens_after) portal_.open = true;
  return portal_.open;
}

bool Proxy::is_login(const ws::Request& request) const {
  return request.method == "GET" && request.target == plan_.portal->login;
}

void Proxy::log_in() {
  portal_.open = true;
  say_no(
      faults::proxy_answer(200, "<!DOCTYPE html><title>Welcome</title><p>You are online.</p>\n"));
}

/// Whether it wants credentials that the request does not have; then it has said so.
bool Proxy::turned_away(Time now, const ws::Request& request) {
  const std::string& wanted = context_.scenario.server.proxy->credentials;
  if (wanted.empty()) return false;
  const std::string_view given = request.header("Proxy-Authorization");
  const bool rejects = plan_.credentials == Credentials::rejected;
  if (!rejects && is_basic(given, wanted)) return false;
  ws::Answer answer = faults::proxy_answer(407);
  answer.set("Proxy-Authenticate", "Basic realm=\"halfopen\"");
  const bool anew = plan_.credentials == Credentials::checked_anew;
  if (anew || (rejects && !given.empty())) strike(now);
  if (anew || !given.empty() || ++challenges_ >= most_challenges) {
    refuse(now, request, answer);
    return true;
  }
  answer.remove("Connection");
  connect_refused_ = request.method == "CONNECT" ? 407 : 0;
  context_.recorder.add(now, trace::ProxyAnswered{407}, attempt_);
  channel_.send_bare(as_bytes(serialise(answer)));
  return true;
}

void Proxy::refuse(Time now, const ws::Request& request, const ws::Answer& answer) {
  note_refusal(now, request, answer);
  say_no(answer);
}

/// To a client that asks for a tunnel the proxy answers; any other hears it as the server's answer.
void Proxy::note_refusal(Time now, const ws::Request& request, const ws::Answer& answer) {
  if (request.method == "CONNECT" && pointed_at()) {
    connect_refused_ = answer.status;
    context_.recorder.add(now, trace::ProxyAnswered{answer.status}, attempt_);
    return;
  }
  // Whoever looks at a portal's pages opens no WebSocket connection.
  if (plan_.portal && !request.has_token("Upgrade", "websocket")) return;
  context_.recorder.add(now, trace::Request{request.method, request.target, request.headers},
                        attempt_);
  check_request(context_, now, attempt_, request);
  const std::string fault = struck_ ? std::string(table_->proxy->value.fault->name) : "";
  context_.recorder.add(now, trace::Answer{answer.status, fault, false, {}}, attempt_);
}

void Proxy::say_no(const ws::Answer& answer) {
  channel_.send_bare(as_bytes(serialise(answer)));
  channel_.mark_end(trace::End::refusal, answer.status, By::middlebox);
  channel_.cut();
  state_ = State::refused;
  forget();
}

void Proxy::no_request(Time now) {
  if (connect_refused_ != 0)
    spoke_on(now, "what is no request");
  else
    context_.recorder.add(
        now,
        trace::Violation{"valid-handshake-request", "no HTTP to a proxy: " + reader_.problem()},
        attempt_);
  say_no(faults::proxy_answer(400));
}

void Proxy::complain(Time now, const ws::Request& request, const std::string& text) {
  if (connect_refused_ != 0) return spoke_on(now, "`" + request.method + "`");
  context_.recorder.add(now, trace::Violation{"valid-handshake-request", text}, attempt_);
}

/// The client goes on as if its CONNECT had not been refused.
void Proxy::spoke_on(Time now, const std::string& what) {
  if (connect_refused_ == 0 || std::exchange(spoke_on_, true)) return;
  context_.recorder.add(
      now,
      trace::Violation{"fails-bad-connect",
                       "sent " + what + " through a proxy that had refused to CONNECT with " +
                           std::to_string(connect_refused_)},
      attempt_);
}

void Proxy::strike(Time now) {
  if (std::exchange(struck_, true)) return;
  context_.recorder.add(
      now, noted(*table_->proxy->value.fault, plan_.does == faults::ProxyPlan::Does::hang),
      attempt_, table_->proxy->place.line);
}

// ── idle connections ─────────────────────────────────────────────────────────────────────────

void Proxy::watch(Time now) {
  if (channel_.written() == written_) return;
  written_ = channel_.written();
  last_bytes_ = now;
}

std::optional<Time> Proxy::deadline() const {
  if (!plan_.idle || state_ != State::passing || !channel_.writable()) return std::nullopt;
  return last_bytes_ + plan_.idle->after;
}

std::optional<faults::Act> Proxy::tick(Time now) {
  const auto due = deadline();
  if (!due || now < *due) return std::nullopt;
  strike(now);
  return faults::Act{plan_.idle->end};
}

}  // namespace halfopen::run
