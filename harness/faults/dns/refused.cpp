#include "faults/fault.h"

namespace halfopen::faults {
namespace {

void mislead(Resolution& resolution, const Arguments& /*arguments*/) {
  resolution.code = 5;  // Refused
}

}  // namespace

extern const Fault dns_refused = {
    .name = "refused",
    .layer = Layer::dns,
    .about = "Every query for the server's name is answered with REFUSED, by policy.",
    .background = "A resolver that does not serve this network.",
    .correct = "Reports a failed connection and tries again by its policy, with a new look-up.",
    .source = "RFC 1035, section 4.1.1",
    .mislead = mislead,
};

}  // namespace halfopen::faults
