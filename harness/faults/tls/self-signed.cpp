#include "faults/tls_plan.h"

namespace halfopen::faults {
namespace {

void plan(TlsPlan& tls, const Arguments& /*arguments*/) {
  tls.certificate.signer = crypto::CertificatePlan::Signer::itself;
  tls.demand = TlsPlan::Demand::must_fail;
}

}  // namespace

extern const Fault tls_self_signed = {
    .name = "self-signed",
    .layer = Layer::tls,
    .about = "Shows a certificate with the right names that is signed by its own key.",
    .background = "A development server, or an attacker who is in the way.",
    .correct =
        "Fails the connection with the alert unknown_ca and sends no request; then its usual "
        "backoff.",
    .source = "RFC 5280, section 6.1",
    .plan = plan,
};

}  // namespace halfopen::faults
