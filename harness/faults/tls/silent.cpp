#include "faults/tls_plan.h"

namespace halfopen::faults {
namespace {

void plan(TlsPlan& tls, const Arguments& arguments) {
  tls.breaks_off = break_off(arguments);
  tls.acts = {{Act::Kind::ignore}};
  tls.demand = TlsPlan::Demand::must_fail;
}

}  // namespace

extern const Fault tls_silent = {
    .name = "silent",
    .layer = Layer::tls,
    .about = "Falls silent in mid-handshake: TCP lives, nothing is read or written any more.",
    .background = "A server whose process hangs.",
    .correct = "Gives up after a handshake timeout of its own, and retries with its usual backoff.",
    .source = "RFC 6455, section 4.1",
    .parameters = {break_off_parameter()},
    .plan = plan,
};

}  // namespace halfopen::faults
