#include "faults/fault.h"

namespace halfopen::faults {
namespace {

void spoil(ws::Answer& answer, const Arguments& /*arguments*/, const Asked& /*asked*/) {
  answer.headers.emplace_back("Connection", "Upgrade");
}

}  // namespace

extern const Fault handshake_duplicate_connection = {
    .name = "duplicate-connection",
    .layer = Layer::handshake,
    .about = "Answers 101 with the correct Connection header twice, which is legal.",
    .background =
        "Legal: RFC 6455 asks for the token \"Upgrade\" in a list, and two headers are one list.",
    .correct = "Opens the connection.",
    .source = "RFC 6455, section 4.1 (response, item 3); RFC 9110, section 5.3",
    .spoil = spoil,
};

}  // namespace halfopen::faults
