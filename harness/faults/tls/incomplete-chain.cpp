#include "faults/tls_plan.h"

namespace halfopen::faults {
namespace {

void plan(TlsPlan& tls, const Arguments& /*arguments*/) {
  tls.certificate.signer = crypto::CertificatePlan::Signer::intermediate;
  tls.certificate.whole_chain = false;
  tls.demand = TlsPlan::Demand::must_fail;
}

}  // namespace

extern const Fault tls_incomplete_chain = {
    .name = "incomplete-chain",
    .layer = Layer::tls,
    .about = "Leaves the intermediate certificate out between its own and the trusted root.",
    .background =
        "The most common mistake in setting up a server: browsers that know the intermediate hide "
        "it.",
    .correct =
        "Fails the connection with the alert unknown_ca and sends no request; then its usual "
        "backoff.",
    .source = "RFC 8446, section 4.4.2",
    .plan = plan,
};

}  // namespace halfopen::faults
