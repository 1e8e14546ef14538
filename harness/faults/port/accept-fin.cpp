#include "faults/fault.h"
#include "faults/strike.h"

namespace halfopen::faults {
namespace {

Reception receive(const Arguments& arguments) { return accepted_until(arguments, Act::Kind::cut); }

}  // namespace

extern const Fault port_accept_fin = {
    .name = "accept-fin",
    .layer = Layer::port,
    .about = "Accepts the connection, then ends it (FIN) without having said a word.",
    .background = "A proxy that accepts for a server which is not there.",
    .correct = "Fails the connection (1006), ends its side too, and backs off.",
    .source = "RFC 6455, section 4.1; RFC 9293, section 3.6",
    .parameters = strike_parameters(),
    .receive = receive,
};

}  // namespace halfopen::faults
