// How the client's side of TLS behaves, as plain data. The default checks all that there is.
#pragma once

#include <string>
#include <vector>

namespace halfopen::crypto {

struct ClientPlan {
  bool checks_certificate = true;  ///< Signatures up to a trusted authority, and all below.
  bool checks_name = true;
  bool checks_time = true;
  bool checks_purpose = true;      ///< extendedKeyUsage.
  bool checks_revocation = true;   ///< By the OCSP response that it asks the server for.
  bool takes_common_name = false;  ///< As the host's name, where there is no subjectAltName.
  bool takes_old = false;  ///< TLS 1.0 and 1.1, RSA keys under 2048 bits, signatures with SHA-1.
  bool sends_name = true;  ///< SNI (RFC 6066, section 3).
  bool keeps_sessions = false;  ///< Takes the server's tickets, so that Tls::session() has one.
  std::vector<std::string> protocols;  ///< Offered by ALPN; empty: no offer.
};

}  // namespace halfopen::crypto
