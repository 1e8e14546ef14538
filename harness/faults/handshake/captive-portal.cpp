#include "faults/fault.h"

namespace halfopen::faults {
namespace {

void spoil(ws::Answer& answer, const Arguments& /*arguments*/, const Asked& /*asked*/) {
  answer.status = 200;
  answer.reason = ws::reason_of(200);
  answer.body = "<!DOCTYPE html><title>Welcome</title><p>Please log in to use this network.</p>\n";
  answer.headers = {{"Content-Type", "text/html; charset=utf-8"},
                    {"Content-Length", std::to_string(answer.body.size())},
                    {"Connection", "close"}};
  answer.valid = false;
}

}  // namespace

extern const Fault handshake_captive_portal = {
    .name = "captive-portal",
    .layer = Layer::handshake,
    .about = "Answers 200 with a login page in HTML.",
    .background =
        "The network answers in the place of the server: a hotel or a train that wants a login "
        "first.",
    .correct =
        "Fails the connection (RFC 6455, section 7.1.7): no open event, TCP closed, then its usual "
        "backoff.",
    .source = "RFC 6455, section 4.1 (response, item 1); RFC 8952, section 1",
    .spoil = spoil,
};

}  // namespace halfopen::faults
