#include "faults/tls_plan.h"

namespace halfopen::faults {
namespace {

void plan(TlsPlan& tls, const Arguments& /*arguments*/) {
  tls.certificate.sha1 = true;
  tls.demand = TlsPlan::Demand::should_fail;
}

}  // namespace

extern const Fault tls_sha1 = {
    .name = "sha1",
    .layer = Layer::tls,
    .about = "Shows a certificate that is signed with SHA-1.",
    .background = "A certificate of an authority that still signs with SHA-1.",
    .correct = "Should fail the connection with the alert bad_certificate.",
    .source = "RFC 8446, section 4.4.2.4",
    .plan = plan,
};

}  // namespace halfopen::faults
