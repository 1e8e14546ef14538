#include "faults/fault.h"

namespace halfopen::faults {
namespace {

void spoil(ws::Answer& answer, const Arguments& /*arguments*/, const Asked& /*asked*/) {
  answer.version = "HTTP/1.0";
}

}  // namespace

extern const Fault handshake_old_version = {
    .name = "old-version",
    .layer = Layer::handshake,
    .about = "Answers \"HTTP/1.0 101\", and everything else is correct.",
    .background =
        "RFC 6455 demands HTTP/1.1 of the request and is silent about the response; clients "
        "differ.",
    .correct = "Opens, or fails the connection: RFC 6455 leaves it open.",
    .source = "RFC 6455, section 4.1; RFC 9110, section 6.2",
    .spoil = spoil,
    .leaves_it_open = true,
};

}  // namespace halfopen::faults
