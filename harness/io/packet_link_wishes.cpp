// What the run asks of the packet link while it is up.
#include <utility>

#include "io/net/device.h"
#include "io/packet_link.h"

namespace halfopen::io {

using link::Direction;

void PacketLink::change(const link::Change& change) {
  if (change.up) up_.pipeline.change(*change.up, now());
  if (change.down) down_.pipeline.change(*change.down, now());
  if (change.middlebox) {
    middlebox_ = *change.middlebox;
    flows_.for_each([this](const Flow& flow) { watch_idle(flow); });
  }
  if (change.rebind || change.readdress) flows_.for_each([](Flow& flow) { flow.vanished = true; });
  if (change.readdress) setup_.client_network.readdress();
  if (change.state) enter_state(*change.state);
}

void PacketLink::enter_state(link::State state) {
  const link::State before = std::exchange(state_, state);
  const auto turns = [&](link::State which) { return (before == which) != (state == which); };
  if (turns(link::State::down)) setup_.client_network.switch_device(state != link::State::down);
  if (turns(link::State::no_carrier)) set_carrier(client_, state != link::State::no_carrier);
  if (swallows(Direction::down))
    flows_.for_each([](Flow& flow) {
      if (flow.vanishes_behind) flow.vanished = true;
    });
}

bool PacketLink::swallows(link::Direction direction) const {
  return link::swallows(state_, direction);
}

/// What a link swallows that is down is lost as it is.
void PacketLink::vanish(int attempt, std::uint64_t offset) {
  if (Flow* flow = flows_.find(attempt)) flow->vanish_behind(offset, swallows(Direction::down));
}

void PacketLink::mark_end(int attempt, const trace::EndVisible& end, std::uint64_t offset) {
  if (Flow* flow = flows_.find(attempt)) flow->end.set(end, offset);
}

/// A flow that a middlebox has reset gets no packet of the client any more, its RST included.
run::By PacketLink::ended_by(int attempt) const {
  const Flow* flow = flows_.find(attempt);
  return flow != nullptr && flow->reset_by_middlebox ? run::By::middlebox : run::By::client;
}

int PacketLink::attempt_of(const std::string& peer) const { return flows_.attempt_of(peer); }

}  // namespace halfopen::io
