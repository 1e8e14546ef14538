#include "faults/arguments.h"
#include "faults/fault.h"

namespace halfopen::faults {
namespace {

/// The subprotocol offered in that place, or the last one, or one of our own.
std::string offered(const Asked& asked, std::size_t place) {
  if (asked.protocols.empty()) return "x-halfopen-" + std::to_string(place + 1);
  return asked.protocols[std::min(place, asked.protocols.size() - 1)];
}

void spoil(ws::Answer& answer, const Arguments& arguments, const Asked& asked) {
  answer.remove("Sec-WebSocket-Protocol");
  const std::string first = offered(asked, 0);
  const std::string second = offered(asked, 1);
  if (argument<std::string>(arguments, "form") == "list") {
    answer.headers.emplace_back("Sec-WebSocket-Protocol", first + ", " + second);
  } else {
    answer.headers.emplace_back("Sec-WebSocket-Protocol", first);
    answer.headers.emplace_back("Sec-WebSocket-Protocol", second);
  }
  answer.valid = false;
}

}  // namespace

extern const Fault handshake_two_protocols = {
    .name = "two-protocols",
    .layer = Layer::handshake,
    .about = "Answers 101 with two subprotocols: the first two that the client offers, if it does.",
    .background =
        "A server that cannot decide: RFC 6455 lets it choose one subprotocol, in one header.",
    .correct =
        "Fails the connection (RFC 6455, section 7.1.7): no open event, TCP closed, then its usual "
        "backoff.",
    .source = "RFC 6455, sections 4.1 (response, item 6) and 11.3.4",
    .parameters =
        {
            {.name = "form",
             .type = Type::text,
             .fallback = "list",
             .about = "One header with a list, or two headers.",
             .choices = {"list", "headers"}},
        },
    .spoil = spoil,
};

}  // namespace halfopen::faults
