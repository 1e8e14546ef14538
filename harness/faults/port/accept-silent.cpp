#include "faults/fault.h"

namespace halfopen::faults {
namespace {

Reception receive(const Arguments& /*arguments*/) { return {}; }

}  // namespace

extern const Fault port_accept_silent = {
    .name = "accept-silent",
    .layer = Layer::port,
    .about = "Accepts the connection, reads what comes and never says anything, not even in TLS.",
    .background = "The process is stuck: its kernel accepts and acknowledges, nobody answers.",
    .correct = "Gives up at its own handshake timeout, closes the socket and tries again.",
    .source = "RFC 6455, section 4.1",
    .receive = receive,
};

}  // namespace halfopen::faults
