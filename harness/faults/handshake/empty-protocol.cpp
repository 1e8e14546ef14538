#include "faults/fault.h"

namespace halfopen::faults {
namespace {

void spoil(ws::Answer& answer, const Arguments& /*arguments*/, const Asked& /*asked*/) {
  answer.set("Sec-WebSocket-Protocol", "");
  answer.valid = false;
}

}  // namespace

extern const Fault handshake_empty_protocol = {
    .name = "empty-protocol",
    .layer = Layer::handshake,
    .about = "Answers 101 with an empty Sec-WebSocket-Protocol.",
    .background = "A server that answers the offer of subprotocols with none of them, in a header.",
    .correct =
        "Fails the connection (RFC 6455, section 7.1.7): no open event, TCP closed, then its usual "
        "backoff.",
    .source = "RFC 6455, sections 4.1 (response, item 6) and 4.2.2 (item 5.5)",
    .spoil = spoil,
};

}  // namespace halfopen::faults
