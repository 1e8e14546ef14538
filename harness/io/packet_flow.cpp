#include "io/packet_flow.h"

#include "io/loop/loop.h"

namespace halfopen::io {

bool PacketFlow::over() const {
  return begun.port != trace::Port::open || reset || vanished || (client_fin && server_fin);
}

void PacketFlow::vanish_behind(std::uint64_t offset, bool swallowed) {
  vanishes_behind = offset;
  if (swallowed) vanished = true;
  may_vanish();
}

void PacketFlow::may_vanish() {
  if (!vanishes_behind) return;
  if (down.contiguous() >= *vanishes_behind || !client_window.open) vanished = true;
}

void PacketFlow::delivered_to_client(const link::Segment& segment) {
  down.delivered(segment);
  may_vanish();
}

std::shared_ptr<PacketFlow> PacketFlows::of(link::Direction direction,
                                            const link::Segment& segment) {
  const bool up = direction == link::Direction::up;
  const Key key = up ? Key{segment.source, segment.destination.address}
                     : Key{segment.destination, segment.source.address};
  const auto known = flows_.find(key);
  const bool opens = up && segment.syn && !segment.ack;
  if (known != flows_.end() && !(opens && known->second->initial_sequence != segment.sequence))
    return known->second;
  return opens ? start(key, segment) : nullptr;
}

std::shared_ptr<PacketFlow> PacketFlows::start(const Key& key, const link::Segment& segment) {
  const std::string peer = link::format(segment.source);
  const run::Begun begun = inside_.begin_attempt(now(), peer, segment.destination.address);
  if (begun.attempt == 0) return nullptr;
  auto flow = std::make_shared<PacketFlow>();
  flow->attempt = begun.attempt;
  flow->begun = begun;
  if (begun.port == trace::Port::unreachable)
    flow->icmp_code = link::code_of(begun.why, segment.ip_version);
  flow->vanished = begun.vanishes;
  flow->initial_sequence = segment.sequence;
  flows_[key] = flow;
  by_attempt_[begun.attempt] = flow;
  attempts_by_peer_[peer] = begun.attempt;
  return flow;
}

PacketFlow* PacketFlows::find(int attempt) const {
  const auto flow = by_attempt_.find(attempt);
  return flow == by_attempt_.end() ? nullptr : flow->second.get();
}

int PacketFlows::attempt_of(const std::string& peer) const {
  const auto attempt = attempts_by_peer_.find(peer);
  return attempt == attempts_by_peer_.end() ? 0 : attempt->second;
}

void PacketFlows::for_each(const std::function<void(PacketFlow&)>& visit) const {
  for (const auto& [key, flow] : flows_) visit(*flow);
}

}  // namespace halfopen::io
