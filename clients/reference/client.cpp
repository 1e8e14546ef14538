// The application around the connections: sockets, retries, commands.
#include "client.h"

#include <poll.h>
#include <sys/resource.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <utility>

#include <nlohmann/json.hpp>

#include "report.h"
#include "ws/retry_after.h"

namespace reference {
namespace {

/// The mutant that does not survive a reset. No core file is left behind.
[[noreturn]] void die() {
  const rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
  std::abort();
}

}  // namespace

// ── the application ──────────────────────────────────────────────────────────────────────────

std::string Client::connect(Time now) {
  if (connection_) return "already connected or connecting";
  retry_.start_over();
  start(now);
  return {};
}

std::string Client::reconnect(Time now) {
  if (!connection_) return connect(now);
  connect_at_end_ = true;
  return close(1000, {}, now);
}

std::string Client::send(std::string_view text) {
  return connection_ ? connection_->send(text) : "not open";
}

std::string Client::close(int code, std::string_view reason, Time now) {
  retry_at_.reset();
  if (!connection_) return {};
  leaving_ = true;
  return connection_->close(code, reason, now);
}

std::string Client::use_token(std::string_view token, bool in_message) {
  const bool has_one = !token_.empty() || has_token_parameter(settings_.url);
  if (!settings_.policy.takes_new_token && has_one) return {};
  token_ = token;
  token_in_message_ = in_message;
  return {};
}

/// Where the protocol above WebSocket wants it: in the first message.
void Client::show_token() {
  if (token_.empty() || !token_in_message_ || !connection_) return;
  connection_->send(nlohmann::json{{"type", "auth"}, {"token", token_}}.dump());
}

// ── the loop ─────────────────────────────────────────────────────────────────────────────────

int Client::number() const {
  if (dial_) return dial_->number();
  return socket_ && connection_ && connection_->listens() ? socket_->number() : -1;
}

short Client::interest() const {
  if (dial_) return POLLIN;
  if (!socket_ || !connection_) return 0;
  const bool writes = connection_->has_output();
  return static_cast<short>(POLLIN | (writes ? POLLOUT : 0));
}

std::optional<Time> Client::due() const {
  if (!connection_) return retry_at_;
  const auto first = connection_->due();
  const auto second = dial_ ? dial_->due() : std::nullopt;
  return first && second ? std::min(*first, *second) : first ? first : second;
}

void Client::ready(Time now) {
  if (socket_ && connection_) receive(now);
}

void Client::go_on_dialling(Time now) {
  auto result = dial_->go_on(now);
  if (!result) return;
  if (!settings_.policy.resolves_anew) known_ = dial_->found();
  dial_.reset();
  unresolved_ = result->unresolved;
  if (result->socket) {
    socket_ = std::move(result->socket);
    connection_->tcp_established(now);
  } else {
    if (result->reset && !settings_.policy.survives_reset) die();
    connection_->lost(result->problem, now);
  }
}

void Client::receive(Time now) {
  const Socket::Read read = socket_->read();
  if (read.reset && !settings_.policy.survives_reset) die();
  if (read.error) {
    connection_->lost(*read.error, now);
  } else if (read.finished) {
    connection_->peer_finished(now);
  } else if (!read.bytes.empty()) {
    connection_->received(read.bytes, now, socket_->has_one_segment());
  }
}

void Client::tick(Time now) {
  if (connection_) {
    if (dial_) go_on_dialling(now);
    connection_->tick(now);
    settle(now);
  } else if (retry_at_ && now >= *retry_at_) {
    start(now);
  }
}

void Client::start(Time now) {
  retry_at_.reset();
  leaving_ = connect_at_end_ = false;
  if (settings_.policy.blocks_mixed_content && is_mixed_content(settings_.origin, settings_.url)) {
    report_error("mixed content: the page at " + settings_.origin +
                 " may not open a ws:// address (SecurityError)");
    report_gave_up();
    return;
  }
  Url url = next_url();
  halfopen::ws::Headers headers;
  if (!token_.empty() && !token_in_message_ && !set_token_parameter(url, token_))
    headers.emplace_back("Authorization", "Bearer " + token_);
  const auto proxy = settings_.policy.uses_proxy ? settings_.proxy : std::nullopt;
  if (proxy && !proxy->credentials.empty() && !settings_.policy.keeps_proxy_credentials)
    headers.emplace_back("Proxy-Authorization", basic(*proxy));
  std::optional<Tunnel> tunnel;
  if (proxy) tunnel.emplace(settings_.policy, *proxy, url, challenged_);
  connection_.emplace(settings_.policy, url, settings_.ca_file, now, headers, remembered_,
                      std::move(tunnel), settings_.protocols);
  unresolved_ = false;
  dial_.emplace(settings_.policy, proxy ? proxy->address : url, known_, now);
  go_on_dialling(now);
  settle(now);
}

Url Client::next_url() {
  return redirected_ ? *std::exchange(redirected_, std::nullopt) : settings_.url;
}

/// Writes what there is to write, reports what happened, and ends what is over.
void Client::settle(Time now) {
  if (socket_) {
    socket_->write(connection_->output());
    if (connection_->half_closes() && !connection_->has_output()) socket_->finish();
  }
  const auto happenings = connection_->take_happenings();
  if (connection_->ended()) {
    remembered_ = connection_->remembered();
    dial_.reset();
    socket_.reset();
    connection_.reset();
  }
  for (const Happening& happening : happenings) take(happening, now);
}

void Client::take(const Happening& happening, Time now) {
  report(happening);
  if (std::holds_alternative<Challenged>(happening)) {
    challenged_ = true;
    retry_at_ = now;
  }
  if (std::holds_alternative<Opened>(happening)) {
    has_been_open_ = true;
    show_token();
    if (const std::string& greeting = settings_.policy.greeting; !greeting.empty()) send(greeting);
  }
  if (const auto* closed = std::get_if<Closed>(&happening)) after(*closed, now);
}

void Client::after(const Closed& closed, Time now) {
  if (connect_at_end_) {
    retry_at_ = now;
    return;
  }
  if (leaving_) return;
  if (!settings_.policy.refuses_redirects && closed.location.starts_with("ws")) {
    redirected_ = parse_url(closed.location);
    retry_at_ = now;
    return;
  }
  if (closed.final) {
    report_gave_up();
    return;
  }
  const auto wait = halfopen::ws::parse_retry_after(closed.retry_after, std::time(nullptr));
  const Decision decision = retry_.after({closed.uptime, closed.code, wait, unresolved_});
  if (decision.gives_up) report_gave_up();
  if (decision.delay) retry_at_ = now + *decision.delay;
}

}  // namespace reference
