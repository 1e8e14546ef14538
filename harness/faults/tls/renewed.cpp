#include "faults/tls_plan.h"

namespace halfopen::faults {
namespace {

void plan(TlsPlan& tls, const Arguments& /*arguments*/) { tls.certificate.edition = 1; }

}  // namespace

extern const Fault tls_renewed = {
    .name = "renewed",
    .layer = Layer::tls,
    .about =
        "Shows another certificate than the attempts without a fault, with another key, and just "
        "as good.",
    .background =
        "The certificate was renewed between two connections, as happens every few weeks.",
    .correct = "Verifies it like any other, and opens.",
    .source = "RFC 8446, section 4.4.2; RFC 5280, section 6",
    .plan = plan,
};

}  // namespace halfopen::faults
