#include "faults/proxy_plan.h"

namespace halfopen::faults {
namespace {

void stand_between(ProxyPlan& plan, const Arguments& /*arguments*/) {
  plan.does = ProxyPlan::Does::hang;
}

}  // namespace

extern const Fault proxy_hangs = {
    .name = "hangs",
    .layer = Layer::proxy,
    .about = "The proxy takes the connection, reads the request and never answers.",
    .background = "The proxy waits for a server that does not answer, or for one of its own.",
    .correct = "Fails the connection by a timeout of its own, which covers the proxy, too.",
    .source = "RFC 6455, section 4.1 (item 3); RFC 9110, section 9.3.6",
    .stand_between = stand_between,
};

}  // namespace halfopen::faults
