#include "io/live_world.h"

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "io/net/device.h"
#include "io/packet_link.h"
#include "io/site.h"
#include "io/stream_link.h"
#include "scenario/story.h"

namespace halfopen::io {
namespace {

/// A device that is taken down, or has no carrier, drops what is under way to it, and counts that.
bool may_lose_device(const scenario::Scenario& scenario) {
  const auto loses = [](link::State state) {
    return state == link::State::down || state == link::State::no_carrier;
  };
  const auto changes = scenario::changes(scenario);
  return loses(scenario.link.state) ||
         std::any_of(changes.begin(), changes.end(), [&](const link::Change& change) {
           return change.state && loses(*change.state);
         });
}

}  // namespace

LiveWorld::LiveWorld(Host& host, const scenario::Scenario& scenario, trace::Recorder& recorder,
                     run::Inside& inside, Run& run)
    : host_(host), scenario_(scenario), recorder_(recorder), inside_(inside), run_(run) {}

LiveWorld::~LiveWorld() {
  if (!world_) return;
  link_.reset();  // it polls the devices
  host_.broker().close_later(std::move(world_->client.descriptor));
  host_.broker().close_later(std::move(world_->server.descriptor));
  host_.broker().end_world(world_->id);
}

void LiveWorld::make_namespaces(std::function<void()> made) {
  WorldRequest wanted;
  wanted.ports = {entry_port(scenario_.server), page_port(scenario_.page)};
  wanted.kernel = scenario_.kernel;
  wanted.names = scenario::has_dns(scenario_);
  host_.broker().make_world(
      wanted, [this, made = std::move(made), alive = std::weak_ptr(alive_)](Reply<World> reply) {
        if (alive.expired()) return;
        if (!reply.value) return run_.fail(reply.problem);
        world_ = std::move(*reply.value);
        made();
      });
}

void LiveWorld::lay_packet_link(std::uint64_t seed, CaptureFile* capture) {
  const scenario::Server& server = scenario_.server;
  link_ = std::make_unique<PacketLink>(
      PacketLinkSetup{host_.loop(), recorder_, scenario_.link, seed, entry_port(server),
                      server.proxy ? server_port(server) : std::uint16_t{0}, inside_, *this,
                      capture},
      world_->client, world_->server);
}

std::uint16_t LiveWorld::lay_stream_link(std::uint64_t seed, std::uint16_t server_port) {
  auto link = std::make_unique<StreamLink>(
      StreamLinkSetup{host_.loop(), recorder_, scenario_.link, seed, server_port, inside_});
  const std::uint16_t port = link->port();
  link_ = std::move(link);
  return port;
}

void LiveWorld::change(const link::Change& change) try {
  link_->change(change);
} catch (const Error& failure) {
  run_.fail(failure.what());
}

void LiveWorld::count_drops(std::function<void()> counted) {
  if (!world_) return counted();
  host_.broker().device_drops(world_->id,
                              [this, counted = std::move(counted),
                               alive = std::weak_ptr(alive_)](const Reply<DeviceDrops>& reply) {
                                if (alive.expired()) return;
                                note_drops(reply.value.value_or(DeviceDrops{}));
                                counted();
                              });
}

void LiveWorld::note_drops(const DeviceDrops& drops) {
  const std::uint64_t unread =
      take_unread_drops(world_->client) + take_unread_drops(world_->server);
  const bool excused = may_lose_device(scenario_);
  if ((excused ? 0 : drops.client) + drops.server + unread > 0)
    recorder_.add(now(), trace::Unreliable{"a network device dropped packets that halfopen was too "
                                           "slow to read"});
}

// ── what the link asks for ───────────────────────────────────────────────────────────────────

void LiveWorld::switch_device(bool up) { host_.broker().switch_device(world_->id, up, or_fail()); }

void LiveWorld::readdress() { host_.broker().readdress(world_->id, or_fail()); }

/// What the broker could not do to the client's network, the scenario did not do.
std::function<void(Reply<bool>)> LiveWorld::or_fail() {
  return [this, alive = std::weak_ptr(alive_)](const Reply<bool>& reply) {
    if (!alive.expired() && !reply.value) run_.fail(reply.problem);
  };
}

}  // namespace halfopen::io
