// How the server's side of TLS behaves, as plain data.
#pragma once

#include <string>

#include "base/bytes.h"

namespace halfopen::crypto {

struct ServerPlan {
  enum class Version {
    current,  ///< TLS 1.2 and 1.3.
    tls_1_0,  ///< Like a server that knows no later version than this one.
    tls_1_1,
    tls_1_2,
  };
  Version version = Version::current;
  /// Its answer to any ALPN offer; "": http/1.1 where that is offered, else none. A client that
  /// offers no protocols gets no answer (RFC 7301, section 3.1).
  std::string protocol;
  bool demands_certificate = false;  ///< Of the client, whom it trusts in no case.
  /// It reads the ClientHello and does nothing about it; the caller goes on.
  bool stops_at_hello = false;
  /// What its session tickets are sealed with (ticket_key_length bytes): sessions of another server
  /// with the same key are resumed (RFC 5077; RFC 8446, section 2.2). Empty: none is, and no ticket
  /// is given.
  Bytes ticket_key;

  bool operator==(const ServerPlan&) const = default;
};

}  // namespace halfopen::crypto
