#include "faults/arguments.h"
#include "faults/tls_plan.h"

namespace halfopen::faults {
namespace {

void plan(TlsPlan& tls, const Arguments& arguments) {
  tls.certificate.rsa_bits = static_cast<int>(argument<std::int64_t>(arguments, "bits"));
  tls.demand = TlsPlan::Demand::should_fail;
}

}  // namespace

extern const Fault tls_weak_key = {
    .name = "weak-key",
    .layer = Layer::tls,
    .about = "Shows a certificate for an RSA key that is too short.",
    .background = "An appliance whose certificate nobody has looked at for years.",
    .correct = "Should fail the connection: keys under 2048 bits can be broken.",
    .source = "RFC 9325, section 4.5",
    .parameters = {{.name = "bits",
                    .type = Type::count,
                    .fallback = "1024",
                    .about = "The size of the key.",
                    .lowest = 512,
                    .highest = 4096}},
    .plan = plan,
};

}  // namespace halfopen::faults
