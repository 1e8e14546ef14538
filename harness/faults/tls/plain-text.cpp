#include "faults/arguments.h"
#include "faults/tls_plan.h"

namespace halfopen::faults {
namespace {

void plan(TlsPlan& tls, const Arguments& arguments) {
  Bytes answer;
  append(answer, argument<std::string>(arguments, "text"));
  tls.breaks_off = TlsPlan::BreakOff::client_hello;
  tls.acts = {{Act::Kind::bare, answer}, {Act::Kind::cut}};
  tls.demand = TlsPlan::Demand::must_fail;
}

}  // namespace

extern const Fault tls_plain_text = {
    .name = "plain-text",
    .layer = Layer::tls,
    .about = "Answers the client's first message with plain text, and ends TCP.",
    .background =
        "A server without TLS on the port, as a forgotten `ssl` in a proxy's configuration leaves "
        "it.",
    .correct = "Fails the connection at once, and retries with its usual backoff.",
    .source = "RFC 8446, section 5.1",
    .parameters = {{.name = "text",
                    .fallback = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n",
                    .about = "What it says."}},
    .plan = plan,
};

}  // namespace halfopen::faults
