#include "faults/tls_plan.h"

#include "faults/arguments.h"

namespace halfopen::faults {

TlsPlan tls_plan(const Use& use) {
  TlsPlan plan;
  if (use.fault != nullptr && use.fault->plan != nullptr) use.fault->plan(plan, use.arguments);
  return plan;
}

Parameter break_off_parameter() {
  return {.name = "after",
          .fallback = "client-hello",
          .about =
              "What has gone over the wire by then: client-hello, server-hello (the first "
              "record of the server's answer) or server-flight (all of it).",
          .choices = {"client-hello", "server-hello", "server-flight"}};
}

TlsPlan::BreakOff break_off(const Arguments& arguments) {
  const std::string& word = argument<std::string>(arguments, "after");
  if (word == "client-hello") return TlsPlan::BreakOff::client_hello;
  if (word == "server-hello") return TlsPlan::BreakOff::server_hello;
  if (word == "server-flight") return TlsPlan::BreakOff::server_flight;
  throw Error("break a handshake off",
              "\"" + word + "\" is none of client-hello, server-hello, server-flight");
}

}  // namespace halfopen::faults
