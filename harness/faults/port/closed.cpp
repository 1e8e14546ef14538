#include "faults/fault.h"

namespace halfopen::faults {
namespace {

Reception receive(const Arguments& /*arguments*/) { return {.answer = Reception::Answer::reset}; }

}  // namespace

extern const Fault port_closed = {
    .name = "closed",
    .layer = Layer::port,
    .about = "Every SYN is answered with RST: connection refused.",
    .background = "Nobody listens: the service is down, or the port is wrong.",
    .correct =
        "Fails the connection at once (1006), backs off, and has one connection under way at a "
        "time.",
    .source = "RFC 9293, section 3.10.7.1",
    .receive = receive,
};

}  // namespace halfopen::faults
