#include "faults/fault.h"

namespace halfopen::faults {
namespace {

void spoil(ws::Answer& answer, const Arguments& /*arguments*/, const Asked& /*asked*/) {
  answer.set("Upgrade", "");
  answer.valid = false;
}

}  // namespace

extern const Fault handshake_empty_upgrade = {
    .name = "empty-upgrade",
    .layer = Layer::handshake,
    .about = "Answers 101 with an empty Upgrade header.",
    .background = "An Upgrade header with nothing in it.",
    .correct =
        "Fails the connection (RFC 6455, section 7.1.7): no open event, TCP closed, then its usual "
        "backoff.",
    .source = "RFC 6455, section 4.1 (response, item 2)",
    .spoil = spoil,
};

}  // namespace halfopen::faults
