#include "faults/fault.h"

namespace halfopen::faults {
namespace {

void spoil(ws::Answer& answer, const Arguments& /*arguments*/, const Asked& /*asked*/) {
  answer.headers.emplace_back("Sec-WebSocket-Accept",
                              std::string(ws::first_value(answer.headers, "Sec-WebSocket-Accept")));
  answer.valid = false;
}

}  // namespace

extern const Fault handshake_duplicate_accept = {
    .name = "duplicate-accept",
    .layer = Layer::handshake,
    .about = "Answers 101 with the correct Sec-WebSocket-Accept twice.",
    .background =
        "Two headers where RFC 6455, section 11.3.3 allows one; as a list they are not the value "
        "expected.",
    .correct =
        "Fails the connection (RFC 6455, section 7.1.7): no open event, TCP closed, then its usual "
        "backoff.",
    .source = "RFC 6455, sections 4.1 (response, item 4) and 11.3.3",
    .spoil = spoil,
};

}  // namespace halfopen::faults
