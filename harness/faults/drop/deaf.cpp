#include "faults/fault.h"

namespace halfopen::faults {
namespace {

std::vector<Act> acts(const Arguments& /*arguments*/) { return {{Act::Kind::ignore}}; }

}  // namespace

extern const Fault drop_deaf = {
    .name = "deaf",
    .layer = Layer::drop,
    .about = "The connection stays up, but nothing is read from it or written to it any more.",
    .background = "The server hangs: TCP acknowledges, nobody reads or writes.",
    .correct =
        "Finds out by its own heartbeat, keeps its send buffer bounded, gives the connection up "
        "and reconnects.",
    .source = "RFC 6455, section 5.5.2",
    .acts = acts,
};

}  // namespace halfopen::faults
