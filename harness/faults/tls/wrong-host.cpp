#include "faults/arguments.h"
#include "faults/tls_plan.h"

namespace halfopen::faults {
namespace {

void plan(TlsPlan& tls, const Arguments& arguments) {
  tls.certificate.names = {argument<std::string>(arguments, "name")};
  tls.demand = TlsPlan::Demand::must_fail;
}

}  // namespace

extern const Fault tls_wrong_host = {
    .name = "wrong-host",
    .layer = Layer::tls,
    .about = "Shows a good certificate for another host.",
    .background = "Another virtual host's certificate, or a name that was moved.",
    .correct =
        "Fails the connection with the alert bad_certificate and sends no request; then its usual "
        "backoff.",
    .source = "RFC 9110, section 4.3.4",
    .parameters = {{.name = "name", .fallback = "other.test", .about = "The host that it is for."}},
    .plan = plan,
};

}  // namespace halfopen::faults
