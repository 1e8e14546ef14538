#include "faults/fault.h"

namespace halfopen::faults {
namespace {

void spoil(ws::Answer& answer, const Arguments& /*arguments*/, const Asked& /*asked*/) {
  answer.raw = "HTTP/1.1 100 Continue\r\n\r\n" + ws::serialise(answer);
}

}  // namespace

extern const Fault handshake_continue = {
    .name = "continue",
    .layer = Layer::handshake,
    .about = "Sends \"100 Continue\" before the 101, which is legal.",
    .background =
        "Legal: an interim response may come before the final one, even if nothing asked for it.",
    .correct = "Reads over it and opens.",
    .source = "RFC 9110, sections 15.2 and 15.2.1",
    .spoil = spoil,
};

}  // namespace halfopen::faults
