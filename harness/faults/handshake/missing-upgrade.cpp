#include "faults/fault.h"

namespace halfopen::faults {
namespace {

void spoil(ws::Answer& answer, const Arguments& /*arguments*/, const Asked& /*asked*/) {
  answer.remove("Upgrade");
  answer.valid = false;
}

}  // namespace

extern const Fault handshake_missing_upgrade = {
    .name = "missing-upgrade",
    .layer = Layer::handshake,
    .about = "Answers 101 without the Upgrade header.",
    .background =
        "A 101 that does not say what to switch to; what a proxy makes that strips hop-by-hop "
        "headers.",
    .correct =
        "Fails the connection (RFC 6455, section 7.1.7): no open event, TCP closed, then its usual "
        "backoff.",
    .source = "RFC 6455, section 4.1 (response, item 2)",
    .spoil = spoil,
};

}  // namespace halfopen::faults
