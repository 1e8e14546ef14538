#include "faults/fault.h"

namespace halfopen::faults {
namespace {

void mislead(Resolution& resolution, const Arguments& /*arguments*/) {
  resolution.code = 3;  // Name Error
}

}  // namespace

extern const Fault dns_nxdomain = {
    .name = "nxdomain",
    .layer = Layer::dns,
    .about = "Every query for the server's name is answered with NXDOMAIN: there is no such name.",
    .background =
        "A typing error, a name not yet published, a resolver behind a captive portal or a split "
        "VPN.",
    .correct = "Reports a failed connection and tries again by its policy, with a new look-up.",
    .source = "RFC 1035, section 4.1.1; RFC 2308, section 2.1",
    .mislead = mislead,
};

}  // namespace halfopen::faults
