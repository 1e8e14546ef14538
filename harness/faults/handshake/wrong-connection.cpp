#include "faults/arguments.h"
#include "faults/fault.h"

namespace halfopen::faults {
namespace {

void spoil(ws::Answer& answer, const Arguments& arguments, const Asked& /*asked*/) {
  answer.set("Connection", argument<std::string>(arguments, "value"));
  answer.valid = ws::has_token(answer.headers, "Connection", "Upgrade");
}

}  // namespace

extern const Fault handshake_wrong_connection = {
    .name = "wrong-connection",
    .layer = Layer::handshake,
    .about = "Answers 101 with another token in the Connection header.",
    .background = "A Connection header without the token \"Upgrade\".",
    .correct =
        "Fails the connection (RFC 6455, section 7.1.7): no open event, TCP closed, then its usual "
        "backoff.",
    .source = "RFC 6455, section 4.1 (response, item 3)",
    .parameters =
        {
            {.name = "value",
             .type = Type::text,
             .fallback = "keep-alive",
             .about = "The value of the Connection header."},
        },
    .spoil = spoil,
};

}  // namespace halfopen::faults
