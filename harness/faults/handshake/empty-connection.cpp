#include "faults/fault.h"

namespace halfopen::faults {
namespace {

void spoil(ws::Answer& answer, const Arguments& /*arguments*/, const Asked& /*asked*/) {
  answer.set("Connection", "");
  answer.valid = false;
}

}  // namespace

extern const Fault handshake_empty_connection = {
    .name = "empty-connection",
    .layer = Layer::handshake,
    .about = "Answers 101 with an empty Connection header.",
    .background = "A Connection header with nothing in it.",
    .correct =
        "Fails the connection (RFC 6455, section 7.1.7): no open event, TCP closed, then its usual "
        "backoff.",
    .source = "RFC 6455, section 4.1 (response, item 3)",
    .spoil = spoil,
};

}  // namespace halfopen::faults
