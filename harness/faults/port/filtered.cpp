#include "faults/fault.h"

namespace halfopen::faults {
namespace {

Reception receive(const Arguments& /*arguments*/) { return {.answer = Reception::Answer::silence}; }

}  // namespace

extern const Fault port_filtered = {
    .name = "filtered",
    .layer = Layer::port,
    .about = "No SYN is ever answered.",
    .background = "A firewall drops what it does not like.",
    .correct = "Gives up at its own connect timeout; the kernel's repeated SYNs are one attempt.",
    .source = "RFC 6298, section 2; RFC 6455, section 4.1",
    .receive = receive,
};

}  // namespace halfopen::faults
