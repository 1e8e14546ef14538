#include "faults/arguments.h"
#include "faults/tls_plan.h"

namespace halfopen::faults {
namespace {

void plan(TlsPlan& tls, const Arguments& arguments) {
  const bool oldest = argument<std::string>(arguments, "version") == "1.0";
  using Version = crypto::ServerPlan::Version;
  tls.server.version = oldest ? Version::tls_1_0 : Version::tls_1_1;
  tls.demand = TlsPlan::Demand::must_fail;
}

}  // namespace

extern const Fault tls_old_version = {
    .name = "old-version",
    .layer = Layer::tls,
    .about = "Speaks no later version than TLS 1.0 or 1.1.",
    .background = "A server that was last updated before 2008.",
    .correct =
        "Fails the connection with the alert protocol_version and sends no request; then its usual "
        "backoff.",
    .source = "RFC 8996, sections 4 and 5",
    .parameters = {{.name = "version",
                    .fallback = "1.1",
                    .about = "The latest version that it speaks.",
                    .choices = {"1.0", "1.1"}}},
    .plan = plan,
};

}  // namespace halfopen::faults
