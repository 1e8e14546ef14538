#include "faults/proxy_plan.h"

namespace halfopen::faults {
namespace {

void stand_between(ProxyPlan& plan, const Arguments& /*arguments*/) {
  plan.does = ProxyPlan::Does::refuse;
  plan.refusal = proxy_answer(403, "<p>Your organisation does not allow this address.</p>\n");
}

}  // namespace

extern const Fault proxy_forbidden = {
    .name = "forbidden",
    .layer = Layer::proxy,
    .about = "The proxy answers 403: it does not let the client through to this address.",
    .background = "A company's proxy has rules about addresses, and about ports above all.",
    .correct =
        "Fails the connection, sends nothing more through it, and backs off; it does not try to "
        "go past the proxy.",
    .source = "RFC 9110, sections 9.3.6 and 15.5.4; RFC 6455, section 4.1 (item 3)",
    .stand_between = stand_between,
};

}  // namespace halfopen::faults
