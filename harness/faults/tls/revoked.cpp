#include "faults/tls_plan.h"

namespace halfopen::faults {
namespace {

void plan(TlsPlan& tls, const Arguments& /*arguments*/) {
  tls.certificate.revoked = true;
  tls.needs_status_request = true;
  tls.demand = TlsPlan::Demand::must_fail;
}

}  // namespace

extern const Fault tls_revoked = {
    .name = "revoked",
    .layer = Layer::tls,
    .about =
        "Staples an OCSP response that calls its own certificate revoked; clients that do not "
        "ask for one do not notice.",
    .background = "A certificate whose key was stolen, and whose authority says so.",
    .correct =
        "Fails the connection with the alert bad_certificate_status_response or "
        "certificate_revoked, if it asked.",
    .source = "RFC 6066, section 8",
    .plan = plan,
};

}  // namespace halfopen::faults
