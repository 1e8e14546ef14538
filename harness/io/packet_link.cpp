#include "io/packet_link.h"

#include <array>
#include <utility>

#include "io/net/device.h"

namespace halfopen::io {
namespace {

/// Packets read before other work gets its turn.
constexpr int burst = 128;
constexpr std::size_t largest_packet = 65'536;
/// Packets under way at most, per direction; more are dropped as by a full queue.
constexpr std::size_t most_under_way = 100'000;
constexpr std::size_t most_bytes_under_way = std::size_t{64} * 1024 * 1024;
constexpr std::uint16_t name_port = 53;
/// Of each side of a connection; the trace has no more of them.
constexpr int most_window_changes = 100;

using link::Direction;

trace::Side sender(Direction direction) {
  return direction == Direction::up ? trace::Side::client : trace::Side::server;
}

trace::Fate fate_of(link::Verdict verdict) {
  switch (verdict) {
    case link::Verdict::carried:
      return trace::Fate::passed;
    case link::Verdict::lost:
      return trace::Fate::lost;
    case link::Verdict::dropped_by_rule:
      return trace::Fate::dropped_by_rule;
    case link::Verdict::overflowed:
      return trace::Fate::overflowed;
    case link::Verdict::blackholed:
      return trace::Fate::blackholed;
  }
  return trace::Fate::passed;
}

/// A host says by itself that nobody listens on a port; what is behind a router, the router says.
trace::By sender_of(link::Unreachable why) {
  return why == link::Unreachable::port ? trace::By::server : trace::By::middlebox;
}

}  // namespace

PacketLink::Lane::Lane(Loop& loop, Direction which, const Device& from, const Device& onto,
                       link::Pipeline stages, std::function<void(Unit&)> on_arrival)
    : direction(which),
      source(from),
      target(onto),
      pipeline(std::move(stages)),
      queue(loop, [this, arrived = std::move(on_arrival)](Unit& unit) {
        under_way -= unit.packet.size();
        arrived(unit);
      }) {}

void PacketLink::put(Lane& lane, Time due, Time now, Unit unit) {
  lane.under_way += unit.packet.size();
  lane.queue.put(due, now, std::move(unit));
}

PacketLink::PacketLink(PacketLinkSetup setup, const Device& client, const Device& server)
    : setup_(setup),
      client_(client),
      middlebox_(setup_.settings.middlebox),
      flows_(setup_.inside),
      up_(setup_.loop, Direction::up, client, server,
          {setup_.settings.up, Direction::up, setup_.seed, setup_.recorder.start()},
          [this](Unit& unit) { arrive(up_, unit); }),
      down_(setup_.loop, Direction::down, server, client,
            {setup_.settings.down, Direction::down, setup_.seed, setup_.recorder.start()},
            [this](Unit& unit) { arrive(down_, unit); }),
      idle_timer_(setup_.loop),
      client_watch_(setup_.loop, client.descriptor.get(), UV_READABLE, [this](int) { drain(up_); }),
      server_watch_(setup_.loop, server.descriptor.get(), UV_READABLE,
                    [this](int) { drain(down_); }) {
  enter_state(setup_.settings.state);
}

// ── the way of a packet ──────────────────────────────────────────────────────────────────────

void PacketLink::drain(Lane& lane) {
  static std::array<std::uint8_t, largest_packet> buffer;
  for (int i = 0; i < burst; ++i) {
    const auto packet = read_packet(lane.source, buffer);
    if (!packet) return;
    CaptureFile::Handling handling(setup_.capture);
    if (setup_.capture != nullptr) setup_.capture->enters(now(), lane.direction, *packet);
    enter(lane, *packet);
  }
}

/// False where the device has no room. All packets that leave the link leave it here.
bool PacketLink::leave(const Lane& lane, ByteView packet) {
  const Time time = now();
  if (!write_packet(lane.target, packet)) return false;
  if (setup_.capture != nullptr) setup_.capture->leaves(time, lane.direction, packet);
  return true;
}

void PacketLink::enter(Lane& lane, ByteView packet) {
  if (state_ == link::State::down || state_ == link::State::no_carrier) return;
  const auto segment = link::read_segment(packet);
  const std::uint16_t server_port =
      !segment
          ? 0
          : (lane.direction == Direction::up ? segment->destination.port : segment->source.port);
  if (setup_.passed_by != 0 && server_port == setup_.passed_by) return turn_back(*segment);
  if (server_port != setup_.port) {
    // Not an attempt (a page, a name look-up): the link under test leaves it alone.
    if (!link::swallows(state_, lane.direction) && !refused(segment)) leave(lane, packet);
    return;
  }
  const auto flow = flows_.of(lane.direction, *segment);
  if (flow) send(lane, packet, *segment, flow);
}

/// The client goes past its proxy: it is seen, and gets nowhere.
void PacketLink::turn_back(const link::Segment& segment) {
  if (segment.syn) setup_.inside.went_past_proxy(now(), link::format(segment.source));
  if (const Bytes reset = link::reset_for(segment); !reset.empty()) leave(down_, reset);
}

/// Answers for a resolver that does not listen to TCP.
bool PacketLink::refused(const std::optional<link::Segment>& segment) {
  if (!segment || segment->destination.port != name_port || !segment->syn || segment->ack)
    return false;
  if (!setup_.inside.refuses_names_by_tcp(now())) return false;
  leave(down_, link::reset_for(*segment));
  return true;
}

void PacketLink::send(Lane& lane, ByteView packet, const link::Segment& segment,
                      const std::shared_ptr<Flow>& flow) {
  const Time time = now();
  link::HalfFlow& half = lane.direction == Direction::up ? flow->up : flow->down;
  const link::Identity identity = half.identify(segment, flow->attempt);
  ++lane.units;
  lane.bytes += packet.size();
  watch_window(lane, segment, *flow);
  if (lane.direction == Direction::up && (segment.fin || segment.rst))
    setup_.inside.client_left(time, flow->attempt,
                              segment.rst ? trace::End::reset : trace::End::fin);
  if (flow->vanished || link::swallows(state_, lane.direction))
    return note(lane, segment, identity, *flow, trace::Fate::blackholed);
  if (turned_away(lane, packet, segment, identity, flow)) return;
  link::Decision decision = lane.pipeline.decide({identity, packet.size()}, time);
  const bool full = lane.queue.size() >= most_under_way || lane.under_way >= most_bytes_under_way;
  if (decision.verdict == link::Verdict::carried && full)
    decision = {link::Verdict::overflowed, {}, 0};
  note(lane, segment, identity, *flow, fate_of(decision.verdict));
  if (decision.count == 0) ++lane.lost;
  for (const link::Copy& copy : decision.arrivals())
    put(lane, copy.due, time,
        {{packet.begin(), packet.end()}, segment, flow, copy.corrupt, copy.flip});
}

void PacketLink::arrive(Lane& lane, Unit& unit) {
  // The link may have gone down, or the flow vanished, while the packet was under way.
  if (link::swallows(state_, lane.direction) || (unit.flow && unit.flow->vanished)) return;
  if (lane.direction == Direction::up && unit.flow->begun.port != trace::Port::open)
    return answer_for_network(unit);
  if (unit.segment && unit.segment->syn && lane.direction == Direction::up &&
      unit.flow->begun.unanswered > 0) {
    --unit.flow->begun.unanswered;
    return;
  }
  if (unit.corrupt && unit.segment) link::corrupt(unit.packet, *unit.segment, unit.flip);
  CaptureFile::Handling handling(setup_.capture);
  if (!leave(lane, unit.packet))
    return setup_.inside.unreliable(now(), "a network device's queue was full");
  if (lane.direction == Direction::down) {
    delivered_to_client(unit);
  } else if (!unit.corrupt && unit.segment) {
    unit.flow->up.delivered(*unit.segment);
  }
}

void PacketLink::answer_for_network(const Unit& unit) {
  switch (unit.flow->begun.port) {
    case trace::Port::open:
    case trace::Port::filtered:
      return;
    case trace::Port::closed: {
      const Bytes reset = link::reset_for(*unit.segment);
      if (const auto segment = link::read_segment(reset)) send(down_, reset, *segment, unit.flow);
      return;
    }
    case trace::Port::unreachable:
      return answer(up_, trace::Control::icmp,
                    link::unreachable_for(unit.packet, *unit.segment, unit.flow->begun.why),
                    unit.flow);
  }
}

/// The network's own packet, back to the sender on `lane`.
void PacketLink::answer(const Lane& lane, trace::Control kind, const Bytes& packet,
                        const std::shared_ptr<Flow>& flow) {
  Lane& back = lane.direction == Direction::up ? down_ : up_;
  const Time time = now();
  setup_.recorder.add(time, trace::Packet{kind, sender(back.direction), trace::Fate::answered, 1},
                      flow->attempt);
  const link::Identity identity{flow->attempt, link::DropRule::Kind::any, 0, 1, 1, 0, 0};
  const link::Decision decision = back.pipeline.decide({identity, packet.size()}, time);
  for (const link::Copy& copy : decision.arrivals())
    put(back, copy.due, time, {packet, link::read_segment(packet), flow, false, 0});
}

// ── the middlebox ────────────────────────────────────────────────────────────────────────────

/// Whether the middlebox lets the packet end here; then everything about it is done.
bool PacketLink::turned_away(Lane& lane, ByteView packet, const link::Segment& segment,
                             const link::Identity& identity, const std::shared_ptr<Flow>& flow) {
  if (segment.fin) (lane.direction == Direction::up ? flow->client_fin : flow->server_fin) = true;
  if (segment.rst) flow->reset = true;
  trace::Fate fate = trace::Fate::blackholed;
  switch (link::treat(middlebox_, flow->entry, packet.size(), now())) {
    case link::Treatment::passes:
      watch_idle(*flow);
      return false;
    case link::Treatment::forgotten:
      break;
    case link::Treatment::reset:
      if (const Bytes reset = link::reset_for(segment); !reset.empty()) {
        flow->reset_by_middlebox = true;
        answer(lane, trace::Control::rst, reset, flow);
      }
      break;
    case link::Treatment::too_large:
      fate = trace::Fate::too_large;
      too_large(*flow);
      break;
    case link::Treatment::too_large_told:
      fate = trace::Fate::too_large;
      answer(lane, trace::Control::icmp,
             link::too_big_for(packet, segment, middlebox_.largest->size), flow);
      break;
  }
  note(lane, segment, identity, *flow, fate);
  ++lane.lost;
  return true;
}

void PacketLink::too_large(Flow& flow) {
  if (std::exchange(flow.stalled, true)) return;
  setup_.inside.link_struck(now(), flow.attempt,
                            {trace::Layer::link, "mtu-blackhole",
                             "a packet is too large for the way, and nobody is told of it", true});
}

void PacketLink::watch_idle(const Flow& flow) {
  const auto due = link::forgets_at(middlebox_, flow.entry);
  if (!due || (next_idle_ && *next_idle_ <= *due)) return;
  next_idle_ = due;
  idle_timer_.set(*due, [this] { forget_idle(); });
}

/// Says so when a flow is forgotten, not only when its next packet comes.
void PacketLink::forget_idle() {
  next_idle_.reset();
  const Time time = now();
  std::vector<int> forgotten;
  flows_.for_each([&](Flow& flow) {
    const auto due = link::forgets_at(middlebox_, flow.entry);
    if (flow.over() || !due) return;
    flow.entry.forgotten = *due <= time;
    if (flow.entry.forgotten)
      forgotten.push_back(flow.attempt);
    else
      watch_idle(flow);
  });
  for (const int attempt : forgotten)
    setup_.inside.link_struck(time, attempt,
                              {trace::Layer::link, "middlebox-forgot",
                               "no packet came for too long: the flow is forgotten", true});
}

void PacketLink::delivered_to_client(const Unit& unit) {
  Flow& flow = *unit.flow;
  if (!unit.segment) {  // ICMP: that a packet was too large ends nothing.
    if (flow.begun.port == trace::Port::unreachable)
      setup_.inside.end_visible(
          now(), flow.attempt,
          {trace::End::unreachable, flow.icmp_code, sender_of(flow.begun.why)});
    return;
  }
  if (unit.corrupt) return;
  flow.delivered_to_client(*unit.segment);
  if (unit.segment->rst) {
    const trace::By by = flow.reset_by_middlebox ? trace::By::middlebox : flow.end.end().by;
    return setup_.inside.end_visible(now(), flow.attempt, {trace::End::reset, 0, by});
  }
  if (flow.end.reached(flow.down.contiguous()))
    setup_.inside.end_visible(now(), flow.attempt, flow.end.end());
}

// ── the trace ────────────────────────────────────────────────────────────────────────────────

void PacketLink::note(const Lane& lane, const link::Segment& segment,
                      const link::Identity& identity, const Flow& flow, trace::Fate fate) {
  const auto add = [&](trace::Control kind, int nth) {
    setup_.recorder.add(now(), trace::Packet{kind, sender(lane.direction), fate, nth},
                        flow.attempt);
  };
  if (segment.syn)
    add(segment.ack ? trace::Control::syn_ack : trace::Control::syn, identity.ordinal);
  if (segment.rst) add(trace::Control::rst, identity.ordinal);
  if (segment.fin) add(trace::Control::fin, identity.fin);
  if (fate != trace::Fate::passed && identity.kind == link::DropRule::Kind::data)
    setup_.recorder.add(
        now(), trace::DataLost{sender(lane.direction), identity.position, identity.nth, fate},
        flow.attempt);
}

/// Writes down that the sender's window has closed, or is open again.
void PacketLink::watch_window(const Lane& lane, const link::Segment& segment, Flow& flow) {
  if (!segment.ack || segment.rst) return;
  const bool up = lane.direction == Direction::up;
  WindowWatch& watch = up ? flow.client_window : flow.server_window;
  const bool open = segment.window > 0;
  const bool as_before = std::exchange(watch.open, open) == open;
  flow.may_vanish();
  if (as_before || ++watch.changes > most_window_changes) return;
  setup_.recorder.add(
      now(), trace::Window{sender(lane.direction), open, (up ? flow.down : flow.up).sent()},
      flow.attempt);
}

std::array<trace::LinkSummary, 2> PacketLink::summaries() const {
  return {summary(up_), summary(down_)};
}

trace::LinkSummary PacketLink::summary(const Lane& lane) const {
  const Lateness& late = lane.queue.lateness();
  return {sender(lane.direction),         lane.units,         lane.bytes,          lane.lost,
          lane.pipeline.decisions_hash(), late.quantile(0.5), late.quantile(0.99), late.longest()};
}

}  // namespace halfopen::io
