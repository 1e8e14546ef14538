#include "faults/tls_plan.h"

namespace halfopen::faults {
namespace {

void plan(TlsPlan& tls, const Arguments& /*arguments*/) {
  tls.certificate.signer = crypto::CertificatePlan::Signer::stranger;
  tls.demand = TlsPlan::Demand::must_fail;
}

}  // namespace

extern const Fault tls_unknown_root = {
    .name = "unknown-root",
    .layer = Layer::tls,
    .about = "Shows a certificate that is signed by an authority unknown to the client.",
    .background = "A company's intercepting proxy, whose root the client does not have.",
    .correct =
        "Fails the connection with the alert unknown_ca and sends no request; then its usual "
        "backoff.",
    .source = "RFC 5280, section 6.1",
    .plan = plan,
};

}  // namespace halfopen::faults
