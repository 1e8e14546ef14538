#include "faults/arguments.h"
#include "faults/fault.h"

namespace halfopen::faults {
namespace {

void spoil(ws::Answer& answer, const Arguments& arguments, const Asked& /*asked*/) {
  answer.set("Sec-WebSocket-Accept", argument<std::string>(arguments, "accept"));
  answer.valid = false;
}

}  // namespace

extern const Fault handshake_wrong_accept = {
    .name = "wrong-accept",
    .layer = Layer::handshake,
    .about = "Answers 101 with a Sec-WebSocket-Accept that does not belong to the key.",
    .background = "A server that does not prove that it has read this very request.",
    .correct =
        "Fails the connection (RFC 6455, section 7.1.7): no open event, TCP closed, then its usual "
        "backoff.",
    .source = "RFC 6455, section 4.1 (response, item 4)",
    .parameters =
        {
            {.name = "accept",
             .type = Type::text,
             .fallback = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
             .about = "The value sent; by default the one for the key of RFC 6455, section 1.3."},
        },
    .spoil = spoil,
};

}  // namespace halfopen::faults
