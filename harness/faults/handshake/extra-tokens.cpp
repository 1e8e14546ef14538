#include "faults/fault.h"

namespace halfopen::faults {
namespace {

void spoil(ws::Answer& answer, const Arguments& /*arguments*/, const Asked& /*asked*/) {
  answer.set("Connection", "keep-alive, Upgrade");
}

}  // namespace

extern const Fault handshake_extra_tokens = {
    .name = "extra-tokens",
    .layer = Layer::handshake,
    .about = "Answers 101 with \"Connection: keep-alive, Upgrade\", which is legal.",
    .background = "Legal: \"Upgrade\" may stand among other tokens in the Connection header.",
    .correct = "Opens the connection.",
    .source = "RFC 6455, section 4.1 (response, item 3)",
    .spoil = spoil,
};

}  // namespace halfopen::faults
