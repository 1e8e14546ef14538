#include "faults/fault.h"

namespace halfopen::faults {
namespace {

std::vector<Act> acts(const Arguments& /*arguments*/) { return {{Act::Kind::vanish}}; }

}  // namespace

extern const Fault drop_silent = {
    .name = "silent",
    .layer = Layer::drop,
    .about =
        "From now on the packets of this connection vanish in both directions; nobody is told.",
    .background = "Half-open: the cable is pulled, the Wi-Fi is gone, the NAT entry expired.",
    .correct = "Finds out by its own heartbeat, gives the connection up and reconnects.",
    .source = "RFC 9293, section 3.5.1; RFC 6455, section 5.5.2",
    .acts = acts,
};

}  // namespace halfopen::faults
