#include "faults/fault.h"

namespace halfopen::faults {
namespace {

void spoil(ws::Answer& answer, const Arguments& /*arguments*/, const Asked& /*asked*/) {
  answer.headers.emplace_back("Upgrade", "websocket");
  answer.valid = false;
}

}  // namespace

extern const Fault handshake_duplicate_upgrade = {
    .name = "duplicate-upgrade",
    .layer = Layer::handshake,
    .about = "Answers 101 with the correct Upgrade header twice.",
    .background =
        "Two Upgrade headers are the list \"websocket, websocket\" (RFC 9110, section 5.3), which "
        "is not the value \"websocket\" that RFC 6455 demands.",
    .correct =
        "Fails the connection (RFC 6455, section 7.1.7): no open event, TCP closed, then its usual "
        "backoff.",
    .source = "RFC 6455, section 4.1 (response, item 2)",
    .spoil = spoil,
};

}  // namespace halfopen::faults
