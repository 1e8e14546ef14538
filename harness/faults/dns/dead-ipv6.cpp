#include "faults/fault.h"

namespace halfopen::faults {
namespace {

void mislead(Resolution& resolution, const Arguments& /*arguments*/) {
  resolution.dead_ipv6 = true;
}

}  // namespace

extern const Fault dns_dead_ipv6 = {
    .name = "dead-ipv6",
    .layer = Layer::dns,
    .about =
        "The name has an IPv6 address that leads nowhere (its packets vanish) beside an IPv4 "
        "address that works.",
    .background = "A host with an IPv6 address behind a network that does not carry IPv6.",
    .correct = "Races the two (Happy Eyeballs), and is connected by IPv4 within 2 s.",
    .source = "RFC 8305, sections 4 and 5",
    .mislead = mislead,
};

}  // namespace halfopen::faults
