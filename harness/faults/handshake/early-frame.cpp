#include "faults/arguments.h"
#include "faults/fault.h"
#include "ws/frame.h"

namespace halfopen::faults {
namespace {

void spoil(ws::Answer& answer, const Arguments& arguments, const Asked& /*asked*/) {
  answer.body +=
      as_text(ws::frame(ws::Opcode::text, as_bytes(argument<std::string>(arguments, "text"))));
}

}  // namespace

extern const Fault handshake_early_frame = {
    .name = "early-frame",
    .layer = Layer::handshake,
    .about = "Sends a text message in one piece with the 101, which is legal.",
    .background = "Legal: a server may send as soon as it has answered, in the same segment even.",
    .correct = "Opens, and delivers the message.",
    .source = "RFC 6455, section 4.1 (end)",
    .parameters =
        {
            {.name = "text", .type = Type::text, .fallback = "early", .about = "The message."},
        },
    .spoil = spoil,
};

}  // namespace halfopen::faults
