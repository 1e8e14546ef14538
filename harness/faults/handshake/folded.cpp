#include "faults/fault.h"

namespace halfopen::faults {
namespace {

void spoil(ws::Answer& answer, const Arguments& /*arguments*/, const Asked& /*asked*/) {
  answer.set("Connection", "keep-alive,\r\n Upgrade");
}

}  // namespace

extern const Fault handshake_folded = {
    .name = "folded",
    .layer = Layer::handshake,
    .about = "Folds the value of the Connection header over two lines.",
    .background = "A header value continued on a second line, as HTTP had it before 2014.",
    .correct = "Opens, or fails the connection, but never takes the second line for a header.",
    .source = "RFC 9112, section 5.2",
    .spoil = spoil,
    .leaves_it_open = true,
};

}  // namespace halfopen::faults
