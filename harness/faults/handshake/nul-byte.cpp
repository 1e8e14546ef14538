#include <string>

#include "faults/fault.h"

namespace halfopen::faults {
namespace {

void spoil(ws::Answer& answer, const Arguments& /*arguments*/, const Asked& /*asked*/) {
  answer.headers.emplace_back("X-Padding", std::string("a\0b", 3));
}

}  // namespace

extern const Fault handshake_nul_byte = {
    .name = "nul-byte",
    .layer = Layer::handshake,
    .about = "Adds a header whose value holds a NUL byte.",
    .background =
        "A byte that must not be in a header value; a recipient rejects it or takes a space for "
        "it.",
    .correct = "Opens, or fails the connection, but never cuts the head off there.",
    .source = "RFC 9110, section 5.5",
    .spoil = spoil,
    .leaves_it_open = true,
};

}  // namespace halfopen::faults
