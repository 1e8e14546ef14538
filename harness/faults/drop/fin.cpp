#include "faults/fault.h"

namespace halfopen::faults {
namespace {

std::vector<Act> acts(const Arguments& /*arguments*/) { return {{Act::Kind::finish}}; }

}  // namespace

extern const Fault drop_fin = {
    .name = "fin",
    .layer = Layer::drop,
    .about =
        "Ends the TCP connection (FIN) without a Close frame; with TLS, close_notify comes first.",
    .background = "The server process went away in order, but without a Close frame.",
    .correct =
        "Ends its side too, reports an unclean close with 1006, then reconnects by its policy.",
    .source = "RFC 6455, sections 7.1.1 and 7.1.5",
    .acts = acts,
};

}  // namespace halfopen::faults
