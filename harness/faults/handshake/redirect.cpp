#include "faults/arguments.h"
#include "faults/fault.h"

namespace halfopen::faults {
namespace {

void spoil(ws::Answer& answer, const Arguments& arguments, const Asked& /*asked*/) {
  answer.status = static_cast<int>(argument<std::int64_t>(arguments, "status"));
  answer.reason = ws::reason_of(answer.status);
  answer.headers = {{"Location", argument<std::string>(arguments, "to")},
                    {"Content-Length", "0"},
                    {"Connection", "close"}};
  answer.valid = false;
}

}  // namespace

extern const Fault handshake_redirect = {
    .name = "redirect",
    .layer = Layer::handshake,
    .about = "Answers with a redirect to another address.",
    .background = "The server has moved, or a login page wants to be seen first.",
    .correct =
        "Fails the connection, as browsers do, or follows it; to another host it takes no "
        "credentials along.",
    .source =
        "RFC 6455, section 4.1 (response, item 1); RFC 9110, section 15.4; Fetch, section 4.4",
    .parameters =
        {
            {.name = "status",
             .type = Type::count,
             .fallback = "302",
             .about = "The HTTP status.",
             .lowest = 300,
             .highest = 399},
            {.name = "to",
             .type = Type::text,
             .fallback = "/elsewhere",
             .about = "The value of Location: a path on this server, or a whole address."},
        },
    .spoil = spoil,
};

}  // namespace halfopen::faults
