#include "faults/fault.h"

namespace halfopen::faults {
namespace {

void spoil(ws::Answer& answer, const Arguments& /*arguments*/, const Asked& /*asked*/) {
  answer.remove("Connection");
  answer.valid = false;
}

}  // namespace

extern const Fault handshake_missing_connection = {
    .name = "missing-connection",
    .layer = Layer::handshake,
    .about = "Answers 101 without the Connection header.",
    .background = "A 101 whose Upgrade header is not meant for this connection.",
    .correct =
        "Fails the connection (RFC 6455, section 7.1.7): no open event, TCP closed, then its usual "
        "backoff.",
    .source = "RFC 6455, section 4.1 (response, item 3)",
    .spoil = spoil,
};

}  // namespace halfopen::faults
