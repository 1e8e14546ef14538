#include "faults/fault.h"

namespace halfopen::faults {
namespace {

void spoil(ws::Answer& answer, const Arguments& /*arguments*/, const Asked& /*asked*/) {
  answer.raw =
      "HTTP/1.1 103 Early Hints\r\nLink: </app.js>; rel=preload\r\n\r\n" + ws::serialise(answer);
}

}  // namespace

extern const Fault handshake_early_hints = {
    .name = "early-hints",
    .layer = Layer::handshake,
    .about = "Sends \"103 Early Hints\" before the 101, which is legal.",
    .background = "Legal: an interim response may come before the final one.",
    .correct = "Reads over it and opens.",
    .source = "RFC 9110, section 15.2; RFC 8297",
    .spoil = spoil,
};

}  // namespace halfopen::faults
