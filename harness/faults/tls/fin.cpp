#include "faults/tls_plan.h"

namespace halfopen::faults {
namespace {

void plan(TlsPlan& tls, const Arguments& arguments) {
  tls.breaks_off = break_off(arguments);
  tls.acts = {{Act::Kind::cut}};
  tls.demand = TlsPlan::Demand::must_fail;
}

}  // namespace

extern const Fault tls_fin = {
    .name = "fin",
    .layer = Layer::tls,
    .about = "Ends TCP (FIN) in mid-handshake.",
    .background = "A server or load balancer that shuts down.",
    .correct = "Fails the connection at once, and retries with its usual backoff.",
    .source = "RFC 8446, section 6.2",
    .parameters = {break_off_parameter()},
    .plan = plan,
};

}  // namespace halfopen::faults
