#include "run/world.h"

#include <algorithm>
#include <utility>

namespace halfopen::run {
namespace {

/// A browser on a busy machine takes its time to come up.
constexpr Duration browser_start = std::chrono::seconds(60);

}  // namespace

World::World(const Context& context, Site site, Time start)
    : context_(context),
      host_(context_.scenario.server, std::move(site)),
      subject_(context_, host_, only_client),
      ending_(context_.scenario, start,
              context_.client_fetches_page ? browser_start : Duration::zero()),
      changes_(context_, start) {}

// ── the network ──────────────────────────────────────────────────────────────────────────────

Begun World::begin_attempt(Time now, const std::string& peer,
                           const std::optional<link::Address>& server) {
  const Begun begun = subject_.begin_attempt(now, peer, server);
  after(now);
  return begun;
}

ResolverReply World::name_asked(Time now, const std::string& peer, dns::Transport transport,
                                ByteView message) {
  ResolverReply reply = subject_.name_asked(now, peer, transport, message);
  after(now);
  return reply;
}

void World::name_answered(Time now, const ResolverReply& reply) {
  subject_.name_answered(now, reply);
  after(now);
}

bool World::refuses_names_by_tcp(Time now) {
  const bool refuses = subject_.refuses_names_by_tcp(now);
  after(now);
  return refuses;
}

void World::went_past_proxy(Time now, const std::string& peer) {
  subject_.went_past_proxy(now, peer);
  after(now);
}

void World::accepted(Time now, int attempt) {
  subject_.accepted(now, attempt);
  after(now);
}

void World::received(Time now, int attempt, ByteView bytes) {
  subject_.received(now, attempt, bytes);
  after(now);
}

void World::peer_finished(Time now, int attempt, By by) {
  subject_.peer_finished(now, attempt, by);
  after(now);
}

void World::peer_reset(Time now, int attempt, By by) {
  subject_.peer_reset(now, attempt, by);
  after(now);
}

void World::end_visible(Time now, int attempt, const trace::EndVisible& end) {
  subject_.end_visible(now, attempt, end);
  after(now);
}

void World::link_struck(Time now, int attempt, const trace::FaultStruck& fault) {
  subject_.link_struck(now, attempt, fault);
  after(now);
}

void World::client_left(Time now, int attempt, trace::End how) {
  subject_.client_left(now, attempt, how);
  after(now);
}

// ── the client ───────────────────────────────────────────────────────────────────────────────

void World::page_served(Time now) {
  subject_.page_served(now);
  if (!std::exchange(page_served_, true) && attempts() == 0) {
    changes_.start_at(now);
    ending_.start_at(now);
  }
  after(now);
}

void World::client_printed(Time now, trace::Stream stream, const std::string& line) {
  if (const auto report = subject_.printed(now, stream, line))
    client_reported(now, *report);
  else
    after(now);
}

void World::client_reported(Time now, const trace::ClientEvent& event) {
  subject_.reported(now, event);
  if (changes_.client_event(now, std::string(trace::name_of(event)))) subject_.settle_anew(now);
  after(now);
}

void World::client_exited(Time now, const trace::ClientExited& exit) {
  subject_.exited(now, exit);
  after(now);
}

// ── halfopen itself, and the time ────────────────────────────────────────────────────────────

void World::unreliable(Time now, const std::string& why) {
  if (!std::exchange(unreliable_, true)) context_.recorder.add(now, trace::Unreliable{why});
}

/// Nothing of a time in which halfopen stood still was the client's.
void World::halfopen_was_late(Time now, Duration by) {
  context_.recorder.add(now, trace::Lag{by});
  const bool stood_still = by >= stall;
  if (stood_still) {
    ending_.give_back(by);
    changes_.give_back(by);
  }
  subject_.halfopen_was_late(by, stood_still);
}

void World::tick(Time now) {
  if (changes_.tick(now)) subject_.settle_anew(now);
  subject_.tick(now);
  after(now);
}

Time World::deadline() const {
  Time next = ending_.deadline(progress());
  for (const auto& due : {changes_.deadline(), subject_.deadline()})
    if (due) next = std::min(next, *due);
  return next;
}

/// After every input: asks whether the run is over.
void World::after(Time now) {
  if (over_) return;
  subject_.settle(now);
  over_ = ending_.over(progress(), now);
  subject_.let_go();
}

Progress World::progress() const {
  Progress progress;
  progress.at_to_come = changes_.deadline().has_value();
  subject_.add_to(progress, ending_.last_asked_for());
  return progress;
}

}  // namespace halfopen::run
