#include "judge/expectation.h"

namespace halfopen::judge {

std::string_view name_of(Kind kind) {
  switch (kind) {
    case Kind::attempts:
      return "attempts";
    case Kind::opens:
      return "opens";
    case Kind::gaps:
    case Kind::every_gap:
      return "gaps";
    case Kind::growing:
      return "growing";
    case Kind::curve:
      return "curve";
    case Kind::gives_up:
      return "gives_up";
    case Kind::request:
      return "request";
    case Kind::closes_with:
      return "closes_with";
    case Kind::detects:
      return "detects";
    case Kind::recovers:
      return "recovers";
    case Kind::sni:
      return "sni";
    case Kind::tls_alert:
      return "tls_alert";
    case Kind::client_event:
      return "client_event";
    case Kind::crash:
      return "crash";
    case Kind::exit_code:
      return "exit_code";
    case Kind::output:
      return "output";
    case Kind::memory:
      return "memory";
    case Kind::messages:
      return "messages";
    case Kind::settle:
      return "settle";
    case Kind::within:
      return "within";
    case Kind::step:
      return "step";
    case Kind::invariant:
      return "invariant";
    case Kind::should_refuse:
      return "should_refuse";
    case Kind::should_close:
      return "should_close";
    case Kind::retry_after:
      return "retry_after";
  }
  return "";
}

}  // namespace halfopen::judge
