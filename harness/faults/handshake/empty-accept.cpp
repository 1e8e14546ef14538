#include "faults/fault.h"

namespace halfopen::faults {
namespace {

void spoil(ws::Answer& answer, const Arguments& /*arguments*/, const Asked& /*asked*/) {
  answer.set("Sec-WebSocket-Accept", "");
  answer.valid = false;
}

}  // namespace

extern const Fault handshake_empty_accept = {
    .name = "empty-accept",
    .layer = Layer::handshake,
    .about = "Answers 101 with an empty Sec-WebSocket-Accept.",
    .background = "A Sec-WebSocket-Accept with nothing in it.",
    .correct =
        "Fails the connection (RFC 6455, section 7.1.7): no open event, TCP closed, then its usual "
        "backoff.",
    .source = "RFC 6455, section 4.1 (response, item 4)",
    .spoil = spoil,
};

}  // namespace halfopen::faults
