#include "faults/fault.h"

namespace halfopen::faults {
namespace {

void spoil(ws::Answer& answer, const Arguments& /*arguments*/, const Asked& /*asked*/) {
  answer.reason.clear();
}

}  // namespace

extern const Fault handshake_no_reason = {
    .name = "no-reason",
    .layer = Layer::handshake,
    .about = "Answers \"HTTP/1.1 101 \" without a reason phrase, which is legal.",
    .background = "Legal: the reason phrase may be empty.",
    .correct = "Opens the connection.",
    .source = "RFC 9112, section 4",
    .spoil = spoil,
};

}  // namespace halfopen::faults
