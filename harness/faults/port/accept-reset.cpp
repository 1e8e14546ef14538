#include "faults/fault.h"
#include "faults/strike.h"

namespace halfopen::faults {
namespace {

Reception receive(const Arguments& arguments) {
  return accepted_until(arguments, Act::Kind::reset);
}

}  // namespace

extern const Fault port_accept_reset = {
    .name = "accept-reset",
    .layer = Layer::port,
    .about = "Accepts the connection, then resets it (RST) without having said a word.",
    .background =
        "The service crashes on every connection, or a load balancer has no server behind it.",
    .correct = "Fails the connection (1006), survives the write to a dead socket, and backs off.",
    .source = "RFC 6455, section 4.1; RFC 9293, section 3.10.7.4",
    .parameters = strike_parameters(),
    .receive = receive,
};

}  // namespace halfopen::faults
