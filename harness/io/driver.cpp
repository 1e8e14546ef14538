#include "io/driver.h"

namespace halfopen::io {

void Driver::settle() {
  if (stopped_ || core_ == nullptr) return;
  if (core_->over()) return run_.decided(*core_->over());
  deadline_.set(core_->deadline(), [this] { tick(now()); });
}

void Driver::stop() {
  stopped_ = true;
  deadline_.cancel();
}

// ── the network ──────────────────────────────────────────────────────────────────────────────

run::Begun Driver::begin_attempt(Time now, const std::string& peer,
                                 const std::optional<link::Address>& server) {
  if (stopped_) return {};
  const run::Begun begun = core_->begin_attempt(now, peer, server);
  run_.began();
  settle();
  return begun;
}

run::ResolverReply Driver::name_asked(Time now, const std::string& peer, dns::Transport transport,
                                      ByteView message) {
  if (stopped_) return {};
  const run::ResolverReply reply = core_->name_asked(now, peer, transport, message);
  if (reply.attempt != 0) run_.began();
  settle();
  return reply;
}

void Driver::name_answered(Time now, const run::ResolverReply& reply) {
  if (stopped_) return;
  core_->name_answered(now, reply);
  settle();
}

bool Driver::refuses_names_by_tcp(Time now) {
  return !stopped_ && core_->refuses_names_by_tcp(now);
}

void Driver::went_past_proxy(Time now, const std::string& peer) {
  if (stopped_) return;
  core_->went_past_proxy(now, peer);
  run_.began();
  settle();
}

void Driver::accepted(Time now, int attempt) {
  core_->accepted(now, attempt);
  settle();
}

void Driver::received(Time now, int attempt, ByteView bytes) {
  core_->received(now, attempt, bytes);
  settle();
}

void Driver::peer_finished(Time now, int attempt, run::By by) {
  core_->peer_finished(now, attempt, by);
  settle();
}

void Driver::peer_reset(Time now, int attempt, run::By by) {
  core_->peer_reset(now, attempt, by);
  settle();
}

void Driver::end_visible(Time now, int attempt, const trace::EndVisible& end) {
  if (stopped_) return;
  core_->end_visible(now, attempt, end);
  settle();
}

void Driver::link_struck(Time now, int attempt, const trace::FaultStruck& fault) {
  if (stopped_) return;
  core_->link_struck(now, attempt, fault);
  settle();
}

void Driver::client_left(Time now, int attempt, trace::End how) {
  if (stopped_) return;
  core_->client_left(now, attempt, how);
  settle();
}

// ── the client ───────────────────────────────────────────────────────────────────────────────

void Driver::page_served(Time now) {
  if (stopped_) return;
  core_->page_served(now);
  settle();
}

void Driver::client_printed(Time now, trace::Stream stream, const std::string& line) {
  if (stopped_) return;
  core_->client_printed(now, stream, line);
  settle();
}

void Driver::client_exited(Time now, const trace::ClientExited& exit) {
  if (stopped_) return;
  core_->client_exited(now, exit);
  settle();
}

// ── halfopen itself, and the time ────────────────────────────────────────────────────────────

void Driver::unreliable(Time now, const std::string& why) { core_->unreliable(now, why); }

void Driver::halfopen_was_late(Time now, Duration by) { core_->halfopen_was_late(now, by); }

void Driver::tick(Time now) {
  core_->tick(now);
  settle();
}

}  // namespace halfopen::io
