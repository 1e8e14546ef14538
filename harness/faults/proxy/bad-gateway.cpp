#include "faults/arguments.h"
#include "faults/proxy_plan.h"

namespace halfopen::faults {
namespace {

void stand_between(ProxyPlan& plan, const Arguments& arguments) {
  plan.does = ProxyPlan::Does::refuse;
  plan.refusal = proxy_answer(static_cast<int>(argument<std::int64_t>(arguments, "status")));
}

}  // namespace

extern const Fault proxy_bad_gateway = {
    .name = "bad-gateway",
    .layer = Layer::proxy,
    .about = "The proxy answers 502: it cannot reach the server.",
    .background = "The server is down, and the proxy is the one to say so.",
    .correct = "Fails the connection, and tries again with its usual backoff.",
    .source = "RFC 9110, sections 9.3.6 and 15.6.3; RFC 6455, section 4.1 (item 3)",
    .parameters = {{.name = "status",
                    .type = Type::count,
                    .fallback = "502",
                    .about = "The HTTP status.",
                    .lowest = 500,
                    .highest = 599}},
    .stand_between = stand_between,
};

}  // namespace halfopen::faults
