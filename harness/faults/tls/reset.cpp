#include "faults/tls_plan.h"

namespace halfopen::faults {
namespace {

void plan(TlsPlan& tls, const Arguments& arguments) {
  tls.breaks_off = break_off(arguments);
  tls.acts = {{Act::Kind::reset}};
  tls.demand = TlsPlan::Demand::must_fail;
}

}  // namespace

extern const Fault tls_reset = {
    .name = "reset",
    .layer = Layer::tls,
    .about = "Resets TCP (RST) in mid-handshake.",
    .background = "A firewall that dislikes the name in the ClientHello.",
    .correct = "Fails the connection at once, and retries with its usual backoff.",
    .source = "RFC 8446, section 6.2",
    .parameters = {break_off_parameter()},
    .plan = plan,
};

}  // namespace halfopen::faults
