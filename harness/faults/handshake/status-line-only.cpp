#include "faults/fault.h"

namespace halfopen::faults {
namespace {

void spoil(ws::Answer& answer, const Arguments& /*arguments*/, const Asked& /*asked*/) {
  answer.headers.clear();
  answer.valid = false;
}

}  // namespace

extern const Fault handshake_status_line_only = {
    .name = "status-line-only",
    .layer = Layer::handshake,
    .about = "Answers 101 without a single header.",
    .background = "A server that says yes and nothing else.",
    .correct =
        "Fails the connection (RFC 6455, section 7.1.7): no open event, TCP closed, then its usual "
        "backoff.",
    .source = "RFC 6455, section 4.1 (response, items 2 to 4)",
    .spoil = spoil,
};

}  // namespace halfopen::faults
