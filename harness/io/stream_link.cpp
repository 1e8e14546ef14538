#include "io/stream_link.h"

#include <utility>

#include "base/error.h"

namespace halfopen::io {
namespace {

using link::Direction;

std::size_t index_of(Direction direction) { return direction == Direction::up ? 0 : 1; }

/// Whether every segment is delayed by the same time, and nothing else happens to any.
bool delays_alike(const link::Settings& settings) {
  return std::holds_alternative<link::NoLoss>(settings.loss) && settings.drop.empty() &&
         !settings.rate && settings.jitter == Duration::zero();
}

Duration round_trip_of(const std::array<link::Settings, 2>& settings) {
  return settings[0].delay + settings[1].delay;
}

link::StreamPipeline pipeline(const std::array<link::Settings, 2>& settings, Direction direction,
                              const StreamLinkSetup& setup) {
  return {settings[index_of(direction)], direction, setup.seed, setup.recorder.start(),
          round_trip_of(settings)};
}

}  // namespace

StreamLink::StreamLink(StreamLinkSetup setup)
    : setup_(setup),
      settings_{setup_.settings.up, setup_.settings.down},
      pipelines_{pipeline(settings_, Direction::up, setup_),
                 pipeline(settings_, Direction::down, setup_)},
      acceptor_(setup_.loop, listen_on_loopback(port_),
                {[this](Descriptor client, const std::string& peer) {
                   accepted(std::move(client), peer);
                 },
                 [this](const std::string& why) { setup_.inside.unreliable(now(), why); }}) {}

void StreamLink::accepted(Descriptor client, const std::string& peer) {
  const run::Begun begun = setup_.inside.begin_attempt(now(), peer, {});
  if (begun.attempt != 0) relay(begun.attempt, std::move(client));
}

void StreamLink::relay(int attempt, Descriptor client) {
  std::uint16_t local_port = 0;
  Descriptor server = connect_to_loopback(setup_.server_port, local_port);
  attempts_by_peer_["127.0.0.1:" + std::to_string(local_port)] = attempt;
  Connection& connection = connections_[attempt];
  connection.relay = std::make_unique<Relay>(setup_.loop, std::move(client), std::move(server),
                                             hooks_for(attempt), queued_);
}

Relay::Hooks StreamLink::hooks_for(int attempt) {
  Relay::Hooks hooks;
  hooks.up = passage(Direction::up, attempt);
  hooks.down = passage(Direction::down, attempt);
  hooks.delivered_to_client = [this, attempt](std::uint64_t delivered) {
    EndMark& end = connections_[attempt].end;
    if (end.reached(delivered)) setup_.inside.end_visible(now(), attempt, end.end());
  };
  hooks.reset_to_client = [this, attempt] {
    const trace::By by = connections_[attempt].end.end().by;
    setup_.inside.end_visible(now(), attempt, {trace::End::reset, 0, by});
  };
  hooks.client_left = [this, attempt](trace::End how) {
    setup_.inside.client_left(now(), attempt, how);
  };
  hooks.over = [this, attempt] {
    // Not at once: the relay is still in the middle of a call.
    setup_.loop.at(
        now(),
        [relay = std::shared_ptr<Relay>(std::exchange(connections_[attempt].relay, nullptr))] {});
  };
  return hooks;
}

Passage StreamLink::passage(Direction direction, int attempt) {
  const link::Settings& settings = settings_[index_of(direction)];
  return {[this, direction, attempt](std::size_t size, Time now) {
            return decide(direction, attempt, size, now);
          },
          [&settings] { return !delays_alike(settings); }};
}

Time StreamLink::decide(Direction direction, int attempt, std::size_t size, Time now) {
  const std::size_t at = index_of(direction);
  Connection& connection = connections_[attempt];
  if (delays_alike(settings_[at])) {
    counts_[at].units += (size + Relay::segment_size - 1) / Relay::segment_size;
    counts_[at].bytes += size;
    connection.positions[at] += size;
    return now + settings_[at].delay;
  }
  const link::Identity identity{
      attempt, link::DropRule::Kind::data, connection.positions[at], 1, ++connection.ordinals[at],
      0,       connection.ordinals[at]};
  const link::StreamPipeline::Result result = pipelines_[at].decide(identity, size, now);
  ++counts_[at].units;
  counts_[at].bytes += size;
  counts_[at].lost += static_cast<std::uint64_t>(result.losses);
  const trace::Side from = direction == Direction::up ? trace::Side::client : trace::Side::server;
  for (int nth = 1; nth <= result.losses; ++nth)
    setup_.recorder.add(
        now, trace::DataLost{from, connection.positions[at], nth, trace::Fate::lost}, attempt);
  connection.positions[at] += size;
  return result.due;
}

void StreamLink::change(const link::Change& change) {
  if (change.up) settings_[0] = *change.up;
  if (change.down) settings_[1] = *change.down;
  for (const Direction direction : {Direction::up, Direction::down})
    pipelines_[index_of(direction)].change(settings_[index_of(direction)], round_trip_of(settings_),
                                           now());
}

void StreamLink::vanish(int attempt, std::uint64_t /*offset*/) {
  const auto connection = connections_.find(attempt);
  if (connection != connections_.end() && connection->second.relay)
    connection->second.relay->hold(true);
}

void StreamLink::mark_end(int attempt, const trace::EndVisible& end, std::uint64_t offset) {
  connections_[attempt].end.set(end, offset);
}

int StreamLink::attempt_of(const std::string& peer) const {
  const auto attempt = attempts_by_peer_.find(peer);
  return attempt == attempts_by_peer_.end() ? 0 : attempt->second;
}

bool StreamLink::close_some(std::size_t most) {
  for (; most > 0 && !connections_.empty(); --most) connections_.erase(connections_.begin());
  return !connections_.empty();
}

std::array<trace::LinkSummary, 2> StreamLink::summaries() const {
  return {summary(Direction::up), summary(Direction::down)};
}

trace::LinkSummary StreamLink::summary(Direction direction) const {
  trace::LinkSummary summary;
  summary.from = direction == Direction::up ? trace::Side::client : trace::Side::server;
  const Counts& counts = counts_[index_of(direction)];
  summary.units = counts.units;
  summary.bytes = counts.bytes;
  summary.lost = counts.lost;
  summary.decisions = pipelines_[index_of(direction)].decisions_hash();
  return summary;
}

}  // namespace halfopen::io
