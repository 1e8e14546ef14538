#include "faults/arguments.h"
#include "faults/fault.h"

namespace halfopen::faults {
namespace {

void spoil(ws::Answer& answer, const Arguments& arguments, const Asked& /*asked*/) {
  answer.set("Sec-WebSocket-Protocol", argument<std::string>(arguments, "value"));
  answer.valid = false;
}

}  // namespace

extern const Fault handshake_unasked_protocol = {
    .name = "unasked-protocol",
    .layer = Layer::handshake,
    .about = "Answers 101 with a subprotocol that the client did not offer.",
    .background = "A server that speaks another language than the client.",
    .correct =
        "Fails the connection (RFC 6455, section 7.1.7): no open event, TCP closed, then its usual "
        "backoff.",
    .source = "RFC 6455, section 4.1 (response, item 6)",
    .parameters =
        {
            {.name = "value",
             .type = Type::text,
             .fallback = "x-halfopen-unasked",
             .about = "The value of Sec-WebSocket-Protocol; it must be one that the client does "
                      "not offer."},
        },
    .spoil = spoil,
};

}  // namespace halfopen::faults
