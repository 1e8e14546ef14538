#include "faults/fault.h"

namespace halfopen::faults {
namespace {

std::vector<Act> acts(const Arguments& /*arguments*/) { return {{Act::Kind::reset}}; }

}  // namespace

extern const Fault drop_reset = {
    .name = "reset",
    .layer = Layer::drop,
    .about = "Resets the TCP connection (RST).",
    .background = "The server process was killed, or a middlebox forgot the connection.",
    .correct = "Reports an unclean close with 1006, then reconnects by its policy.",
    .source = "RFC 6455, section 7.1.5; RFC 9293, section 3.10.7.4",
    .acts = acts,
};

}  // namespace halfopen::faults
