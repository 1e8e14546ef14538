#include "faults/proxy_plan.h"

namespace halfopen::faults {
namespace {

void stand_between(ProxyPlan& plan, const Arguments& /*arguments*/) {
  plan.does = ProxyPlan::Does::strip;
}

}  // namespace

extern const Fault proxy_strips_upgrade = {
    .name = "strips-upgrade",
    .layer = Layer::proxy,
    .about =
        "The proxy passes the request on without Upgrade and Connection; the server sees a plain "
        "GET and answers 426.",
    .background =
        "A proxy that does not know WebSocket takes out what is meant for one hop only. It cannot "
        "see what goes through a tunnel, so CONNECT is not affected.",
    .correct = "Fails the connection on the answer, which is no 101; then wss, or its fallback.",
    .source = "RFC 9110, section 7.6.1; RFC 6455, section 4.1 (response, item 1)",
    .stand_between = stand_between,
};

}  // namespace halfopen::faults
