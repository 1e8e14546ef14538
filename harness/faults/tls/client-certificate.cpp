#include "faults/tls_plan.h"

namespace halfopen::faults {
namespace {

void plan(TlsPlan& tls, const Arguments& /*arguments*/) {
  tls.server.demands_certificate = true;
  tls.demand = TlsPlan::Demand::must_fail;
}

}  // namespace

extern const Fault tls_client_certificate = {
    .name = "client-certificate",
    .layer = Layer::tls,
    .about = "Demands a certificate of the client, and takes none.",
    .background = "A server for clients with certificates of their own.",
    .correct =
        "Fails when the alert certificate_required (in TLS 1.2 handshake_failure) comes; its "
        "backoff.",
    .source = "RFC 8446, section 4.4.2.4",
    .plan = plan,
};

}  // namespace halfopen::faults
