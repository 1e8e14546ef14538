#include "faults/arguments.h"
#include "faults/proxy_plan.h"

namespace halfopen::faults {
namespace {

void stand_between(ProxyPlan& plan, const Arguments& arguments) {
  const bool reset = argument<std::string>(arguments, "end") == "reset";
  plan.idle = {argument<Duration>(arguments, "after"), reset ? Act::Kind::reset : Act::Kind::cut};
}

}  // namespace

extern const Fault proxy_closes_idle = {
    .name = "closes-idle",
    .layer = Layer::proxy,
    .about = "The proxy ends a connection that carries no bytes for some time.",
    .background =
        "Proxies and load balancers let no connection idle for long; a minute is a usual limit.",
    .correct =
        "Keeps the connection alive by pings more often than that, or takes its end for 1006 and "
        "comes back.",
    .source = "RFC 6455, sections 5.5.2 and 7.1.5; RFC 9110, section 9.3.6",
    .parameters = {{.name = "after",
                    .type = Type::duration,
                    .fallback = "2s",
                    .about = "How long it may carry nothing, in either direction."},
                   {.name = "end",
                    .fallback = "fin",
                    .about = "How it ends: fin (without close_notify) or reset.",
                    .choices = {"fin", "reset"}}},
    .stand_between = stand_between,
};

}  // namespace halfopen::faults
