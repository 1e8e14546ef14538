#include "faults/tls_plan.h"

namespace halfopen::faults {
namespace {

void plan(TlsPlan& tls, const Arguments& /*arguments*/) {
  tls.forgets_sessions = true;
  tls.needs_session = true;
}

}  // namespace

extern const Fault tls_resumption_refused = {
    .name = "resumption-refused",
    .layer = Layer::tls,
    .about =
        "Does not resume the session that the client offers, and goes on with a full handshake; "
        "clients that offer none do not notice.",
    .background =
        "The key of the session tickets was changed, or the connection came to another machine "
        "behind the same name.",
    .correct = "Goes through the full handshake, verifies the certificate again, and opens.",
    .source = "RFC 8446, sections 2.2 and 4.6.1",
    .plan = plan,
};

}  // namespace halfopen::faults
