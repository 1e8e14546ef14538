#include "faults/proxy_plan.h"

namespace halfopen::faults {
namespace {

void stand_between(ProxyPlan& plan, const Arguments& /*arguments*/) {
  plan.stands = ProxyPlan::Stands::pointed_at;
  plan.credentials = ProxyPlan::Credentials::rejected;
}

}  // namespace

extern const Fault proxy_rejects_credentials = {
    .name = "rejects-credentials",
    .layer = Layer::proxy,
    .about = "The proxy answers 407 to every request, whatever credentials it has.",
    .background = "The password has been changed, or the account is locked.",
    .correct =
        "Fails the connection once its credentials are refused, and does not hammer the proxy "
        "with them.",
    .source = "RFC 9110, sections 11.7 and 15.5.8",
    .stand_between = stand_between,
};

}  // namespace halfopen::faults
