#include "faults/fault.h"

namespace halfopen::faults {
namespace {

std::vector<Act> acts(const Arguments& /*arguments*/) { return {{Act::Kind::mute}}; }

}  // namespace

extern const Fault frame_no_pongs = {
    .name = "no-pongs",
    .layer = Layer::frame,
    .about = "From then on the client's pings are not answered; everything else goes on.",
    .background =
        "A server, or a proxy that speaks WebSocket, which knows nothing of pings, or is "
        "so busy sending that its pongs are late.",
    .correct = "Stays for as long as data comes: that is a sign of life, too.",
    .source = "RFC 6455, section 5.5.2",
    .acts = acts,
};

}  // namespace halfopen::faults
