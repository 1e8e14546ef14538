#include "faults/arguments.h"
#include "faults/fault.h"

namespace halfopen::faults {
namespace {

void spoil(ws::Answer& answer, const Arguments& arguments, const Asked& /*asked*/) {
  answer.raw = argument<std::string>(arguments, "text") + "\r\n\r\n";
  answer.valid = false;
}

}  // namespace

extern const Fault handshake_garbage = {
    .name = "garbage",
    .layer = Layer::handshake,
    .about = "Answers with a line that is no HTTP.",
    .background = "Another kind of server listens on this port.",
    .correct =
        "Fails the connection (RFC 6455, section 7.1.7): no open event, TCP closed, then its usual "
        "backoff.",
    .source = "RFC 6455, section 4.1 (response, item 1)",
    .parameters =
        {
            {.name = "text",
             .type = Type::text,
             .fallback = "SSH-2.0-OpenSSH_9.2p1",
             .about = "What is sent, followed by an empty line."},
        },
    .spoil = spoil,
};

}  // namespace halfopen::faults
