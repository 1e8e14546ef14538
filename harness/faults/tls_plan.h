// What the server does about TLS in one attempt, as plain data: the faults of the layer `tls`
// change the default, which is right.
#pragma once

#include <vector>

#include "crypto/certificate_plan.h"
#include "crypto/server_plan.h"
#include "faults/fault.h"

namespace halfopen::faults {

struct TlsPlan {
  /// Where the server breaks the handshake off.
  enum class BreakOff {
    never,
    client_hello,   ///< The client's first message has come, and nothing is answered.
    server_hello,   ///< Of the answer only its first record is sent.
    server_flight,  ///< The whole answer is sent, and what the client says to it is not read.
  };
  /// What is demanded of a client that meets this.
  enum class Demand {
    may_open,
    should_fail,  ///< By a SHOULD of an RFC: an HTTP request is a warning.
    must_fail,    ///< It must not send an HTTP request.
  };

  crypto::CertificatePlan certificate;
  crypto::ServerPlan server;
  BreakOff breaks_off = BreakOff::never;
  std::vector<Act> acts;  ///< What is done there, in order.
  Demand demand = Demand::may_open;
  /// The fault strikes only a client that offers protocols by ALPN.
  bool needs_alpn = false;
  /// The sessions of other attempts are unknown to it.
  bool forgets_sessions = false;
  /// The fault strikes only a client that offers to resume a session.
  bool needs_session = false;
  /// The fault strikes only a client that asks for an OCSP response.
  bool needs_status_request = false;
};

/// The plan of that fault; the right one for none. `use.arguments` are complete.
[[nodiscard]] TlsPlan tls_plan(const Use& use);

/// The parameter `after` of faults that break the handshake off, and what it says.
[[nodiscard]] Parameter break_off_parameter();
[[nodiscard]] TlsPlan::BreakOff break_off(const Arguments& arguments);

}  // namespace halfopen::faults
