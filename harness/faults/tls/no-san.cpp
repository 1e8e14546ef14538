#include "faults/tls_plan.h"

namespace halfopen::faults {
namespace {

void plan(TlsPlan& tls, const Arguments& /*arguments*/) {
  tls.certificate.alternative_names = false;
  tls.demand = TlsPlan::Demand::must_fail;
}

}  // namespace

extern const Fault tls_no_san = {
    .name = "no-san",
    .layer = Layer::tls,
    .about =
        "Shows a certificate that has the host's name as common name only, without subjectAltName.",
    .background = "A certificate of the old kind: its host stands in the common name alone.",
    .correct =
        "Fails the connection with the alert bad_certificate and sends no request; then its usual "
        "backoff.",
    .source = "RFC 9110, section 4.3.4",
    .plan = plan,
};

}  // namespace halfopen::faults
