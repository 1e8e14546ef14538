#include "faults/tls_plan.h"

namespace halfopen::faults {
namespace {

void plan(TlsPlan& tls, const Arguments& /*arguments*/) {
  tls.certificate.purpose = "clientAuth";
  tls.demand = TlsPlan::Demand::must_fail;
}

}  // namespace

extern const Fault tls_wrong_key_usage = {
    .name = "wrong-key-usage",
    .layer = Layer::tls,
    .about = "Shows a certificate whose extendedKeyUsage allows clientAuth only.",
    .background = "A certificate for clients, used by a server.",
    .correct =
        "Fails the connection with the alert unsupported_certificate and sends no request; then "
        "its usual backoff.",
    .source = "RFC 5280, section 4.2.1.12",
    .plan = plan,
};

}  // namespace halfopen::faults
