#include "faults/arguments.h"
#include "faults/tls_plan.h"

namespace halfopen::faults {
namespace {

void plan(TlsPlan& tls, const Arguments& arguments) {
  const Duration since = argument<Duration>(arguments, "since");
  tls.certificate.ends = -since;
  tls.certificate.begins = -since - std::chrono::hours(24 * 90);
  tls.demand = TlsPlan::Demand::must_fail;
}

}  // namespace

extern const Fault tls_expired = {
    .name = "expired",
    .layer = Layer::tls,
    .about = "Shows a certificate whose time is over.",
    .background = "A forgotten renewal, the most common fault of all.",
    .correct =
        "Fails the connection with the alert certificate_expired and sends no request; then its "
        "usual backoff.",
    .source = "RFC 5280, section 6.1.3",
    .parameters = {{.name = "since",
                    .type = Type::duration,
                    .fallback = "24h",
                    .about = "For how long it has been over."}},
    .plan = plan,
};

}  // namespace halfopen::faults
