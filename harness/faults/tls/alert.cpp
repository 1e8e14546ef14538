#include "crypto/alert.h"
#include "faults/arguments.h"
#include "faults/tls_plan.h"

namespace halfopen::faults {
namespace {

void plan(TlsPlan& tls, const Arguments& arguments) {
  const auto number = crypto::alert_number(argument<std::string>(arguments, "name"));
  if (!number)
    throw Error("send an alert", "\"" + argument<std::string>(arguments, "name") +
                                     "\" is no alert of RFC 8446, section 6, and not alert-NUMBER");
  constexpr std::uint8_t fatal = 2;
  const Bytes record{21, 3, 3, 0, 2, fatal, static_cast<std::uint8_t>(*number)};
  tls.breaks_off = TlsPlan::BreakOff::client_hello;
  tls.acts = {{Act::Kind::alert, record}, {Act::Kind::cut}};
  tls.demand = TlsPlan::Demand::must_fail;
}

}  // namespace

extern const Fault tls_alert = {
    .name = "alert",
    .layer = Layer::tls,
    .about = "Answers the client's first message with a fatal alert.",
    .background =
        "A server without a certificate for the name, or one that dislikes something about the "
        "client.",
    .correct = "Fails the connection at once, and retries with its usual backoff.",
    .source = "RFC 8446, section 6.2",
    .parameters = {{.name = "name",
                    .fallback = "handshake_failure",
                    .about = "The alert: its registered name, or alert-NUMBER for any other."}},
    .plan = plan,
};

}  // namespace halfopen::faults
