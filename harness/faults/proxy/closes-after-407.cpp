#include "faults/proxy_plan.h"

namespace halfopen::faults {
namespace {

void stand_between(ProxyPlan& plan, const Arguments& /*arguments*/) {
  plan.stands = ProxyPlan::Stands::pointed_at;
  plan.credentials = ProxyPlan::Credentials::checked_anew;
}

}  // namespace

extern const Fault proxy_closes_after_407 = {
    .name = "closes-after-407",
    .layer = Layer::proxy,
    .about =
        "The proxy answers 407 to a request without credentials and ends the connection; with the "
        "right ones it lets the next one through.",
    .background = "Many proxies keep no connection that they have refused.",
    .correct = "Connects anew, with its credentials.",
    .source = "RFC 9110, sections 11.7 and 15.5.8; RFC 9112, section 9.6",
    .stand_between = stand_between,
};

}  // namespace halfopen::faults
