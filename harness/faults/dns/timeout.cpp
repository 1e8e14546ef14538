#include "faults/fault.h"

namespace halfopen::faults {
namespace {

void mislead(Resolution& resolution, const Arguments& /*arguments*/) { resolution.silent = true; }

}  // namespace

extern const Fault dns_timeout = {
    .name = "timeout",
    .layer = Layer::dns,
    .about = "No query for the server's name is answered.",
    .background = "Port 53 is filtered, or the resolver is gone.",
    .correct =
        "Gives the look-up up in bounded time, with its timers alive meanwhile, and tries again.",
    .source = "RFC 1035, section 7.2",
    .mislead = mislead,
};

}  // namespace halfopen::faults
