#include "faults/fault.h"

namespace halfopen::faults {
namespace {

void spoil(ws::Answer& answer, const Arguments& /*arguments*/, const Asked& asked) {
  // The key of RFC 6455, section 1.3, which no client sends.
  const std::string nobodys = "dGhlIHNhbXBsZSBub25jZQ==";
  answer.set("Sec-WebSocket-Accept",
             ws::accept_for(asked.earlier_key.empty() ? nobodys : asked.earlier_key));
  answer.valid = false;
}

}  // namespace

extern const Fault handshake_stale_accept = {
    .name = "stale-accept",
    .layer = Layer::handshake,
    .about = "Answers 101 with the Sec-WebSocket-Accept for the key of the attempt before.",
    .background =
        "A cache or a proxy that mixes connections up: the answer belongs to an older request.",
    .correct =
        "Fails the connection (RFC 6455, section 7.1.7): no open event, TCP closed, then its usual "
        "backoff.",
    .source = "RFC 6455, section 4.1 (response, item 4)",
    .spoil = spoil,
};

}  // namespace halfopen::faults
