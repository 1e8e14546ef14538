#include "faults/arguments.h"
#include "faults/fault.h"

namespace halfopen::faults {
namespace {

void spoil(ws::Answer& answer, const Arguments& arguments, const Asked& /*asked*/) {
  answer.set("Upgrade", argument<std::string>(arguments, "value"));
  answer.valid =
      ws::equal_ignoring_case(ws::trimmed(argument<std::string>(arguments, "value")), "websocket");
}

}  // namespace

extern const Fault handshake_wrong_upgrade = {
    .name = "wrong-upgrade",
    .layer = Layer::handshake,
    .about = "Answers 101 with another protocol in the Upgrade header.",
    .background = "A 101 to another protocol.",
    .correct =
        "Fails the connection (RFC 6455, section 7.1.7): no open event, TCP closed, then its usual "
        "backoff.",
    .source = "RFC 6455, section 4.1 (response, item 2)",
    .parameters =
        {
            {.name = "value",
             .type = Type::text,
             .fallback = "h2c",
             .about = "The value of the Upgrade header."},
        },
    .spoil = spoil,
};

}  // namespace halfopen::faults
