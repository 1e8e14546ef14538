#include "faults/fault.h"

namespace halfopen::faults {
namespace {

void spoil(ws::Answer& answer, const Arguments& /*arguments*/, const Asked& /*asked*/) {
  answer.remove("Sec-WebSocket-Accept");
  answer.valid = false;
}

}  // namespace

extern const Fault handshake_missing_accept = {
    .name = "missing-accept",
    .layer = Layer::handshake,
    .about = "Answers 101 without Sec-WebSocket-Accept.",
    .background = "A server that speaks of upgrading but not of WebSocket.",
    .correct =
        "Fails the connection (RFC 6455, section 7.1.7): no open event, TCP closed, then its usual "
        "backoff.",
    .source = "RFC 6455, section 4.1 (response, item 4)",
    .spoil = spoil,
};

}  // namespace halfopen::faults
