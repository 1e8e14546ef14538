#include "base/error.h"
#include "faults/arguments.h"
#include "faults/fault.h"

namespace halfopen::faults {
namespace {

/// A whole address at that host, on the port that was asked.
std::string elsewhere(const std::string& host, const std::string& path, const Asked& asked) {
  constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz0123456789-.";
  if (host.find_first_not_of(letters) != std::string::npos)
    throw Error("redirect to `" + host + "`", "write a host name, like \"elsewhere.test\"");
  if (!path.starts_with('/'))
    throw Error("redirect to " + host, "`to` must be a path there, like \"/elsewhere\"");
  const std::size_t colon = asked.host.rfind(':');
  const bool has_port =
      colon != std::string::npos && asked.host.find(']', colon) == asked.host.npos;
  return (asked.tls ? "wss://" : "ws://") + host + (has_port ? asked.host.substr(colon) : "") +
         path;
}

void spoil(ws::Answer& answer, const Arguments& arguments, const Asked& asked) {
  const auto& to = argument<std::string>(arguments, "to");
  const auto& host = argument<std::string>(arguments, "host");
  answer.status = static_cast<int>(argument<std::int64_t>(arguments, "status"));
  answer.reason = ws::reason_of(answer.status);
  answer.headers = {{"Location", host.empty() ? to : elsewhere(host, to, asked)},
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
            {.name = "host",
             .type = Type::text,
             .fallback = "",
             .about = "Another host that `to` is on: its name leads to the fake server, too."},
        },
    .spoil = spoil,
};

}  // namespace halfopen::faults
