#include "faults/arguments.h"
#include "faults/tls_plan.h"

namespace halfopen::faults {
namespace {

void plan(TlsPlan& tls, const Arguments& arguments) {
  tls.server.protocol = argument<std::string>(arguments, "protocol");
  if (tls.server.protocol.empty() || tls.server.protocol.size() > 255)
    throw Error("choose a protocol", "its name has 1 to 255 bytes (RFC 7301, section 3.1)");
  tls.needs_alpn = true;
  tls.demand = TlsPlan::Demand::must_fail;
}

}  // namespace

extern const Fault tls_alpn = {
    .name = "alpn",
    .layer = Layer::tls,
    .about =
        "Chooses a protocol by ALPN that the client did not offer; clients without ALPN do not "
        "notice.",
    .background = "A server that speaks HTTP/2 only, or a confused proxy.",
    .correct =
        "Fails the connection and sends no HTTP/1.1 request, not even if it offered that "
        "protocol.",
    .source = "RFC 7301, section 3.2",
    .parameters = {{.name = "protocol", .fallback = "h2", .about = "What it chooses."}},
    .plan = plan,
};

}  // namespace halfopen::faults
