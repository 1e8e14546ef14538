#include "faults/fault.h"

namespace halfopen::faults {
namespace {

void mislead(Resolution& resolution, const Arguments& /*arguments*/) {
  resolution.code = 2;  // Server failure
}

}  // namespace

extern const Fault dns_servfail = {
    .name = "servfail",
    .layer = Layer::dns,
    .about =
        "Every query for the server's name is answered with SERVFAIL: the resolver could not find "
        "out.",
    .background = "The resolver cannot reach the name's own servers, or DNSSEC validation failed.",
    .correct = "Tries again later, and never in a tight loop: it is a fault that passes.",
    .source = "RFC 1035, section 4.1.1; RFC 2308, section 7.1",
    .mislead = mislead,
};

}  // namespace halfopen::faults
