#include "faults/arguments.h"
#include "faults/tls_plan.h"

namespace halfopen::faults {
namespace {

void plan(TlsPlan& tls, const Arguments& arguments) {
  tls.certificate.begins = argument<Duration>(arguments, "in");
  tls.demand = TlsPlan::Demand::must_fail;
}

}  // namespace

extern const Fault tls_not_yet_valid = {
    .name = "not-yet-valid",
    .layer = Layer::tls,
    .about = "Shows a certificate whose time has not begun.",
    .background = "A certificate that was rolled out too early, or a client whose clock is behind.",
    .correct =
        "Fails the connection with the alert bad_certificate or certificate_expired and sends no "
        "request; then its usual backoff.",
    .source = "RFC 5280, section 6.1.3",
    .parameters = {{.name = "in",
                    .type = Type::duration,
                    .fallback = "24h",
                    .about = "How far away its beginning is."}},
    .plan = plan,
};

}  // namespace halfopen::faults
