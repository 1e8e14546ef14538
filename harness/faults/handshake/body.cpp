#include <string>

#include "faults/fault.h"

namespace halfopen::faults {
namespace {

void spoil(ws::Answer& answer, const Arguments& /*arguments*/, const Asked& /*asked*/) {
  answer.body = "<!DOCTYPE html><p>Switching protocols</p>\n";
  answer.set("Content-Length", std::to_string(answer.body.size()));
}

}  // namespace

extern const Fault handshake_body = {
    .name = "body",
    .layer = Layer::handshake,
    .about = "Answers 101 with Content-Length and an HTML body behind it.",
    .background = "A 101 has no body, so what follows it are frames, and these are none.",
    .correct = "Fails the connection with 1002 at the latest when the body arrives.",
    .source = "RFC 6455, sections 4.1 and 5.2; RFC 9110, section 8.6",
    .spoil = spoil,
    .leaves_it_open = true,
};

}  // namespace halfopen::faults
