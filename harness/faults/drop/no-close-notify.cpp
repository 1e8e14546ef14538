#include "faults/fault.h"

namespace halfopen::faults {
namespace {

std::vector<Act> acts(const Arguments& /*arguments*/) { return {{Act::Kind::cut}}; }

}  // namespace

extern const Fault drop_no_close_notify = {
    .name = "no-close-notify",
    .layer = Layer::drop,
    .about = "Ends the TCP connection (FIN) without TLS close_notify and without a Close frame.",
    .background =
        "TCP ends under a TLS connection that was not closed: a crash, or an attacker who "
        "truncates.",
    .correct = "Reports an unclean close with 1006, and delivers no partial message.",
    .source = "RFC 8446, section 6.1",
    .acts = acts,
    .needs_tls = true,
};

}  // namespace halfopen::faults
