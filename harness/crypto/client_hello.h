// What a client says of itself in its first TLS message. Only for the sources of this folder.
#pragma once

#include <string>

#include "crypto/openssl.h"

namespace halfopen::crypto {

/// The host name in the server_name extension (RFC 6066, section 3), or "". Only within the
/// callback for a ClientHello.
[[nodiscard]] std::string server_name_of(SSL* ssl);
/// The first protocol in the ALPN extension (RFC 7301, section 3.1), or "".
[[nodiscard]] std::string first_alpn_of(SSL* ssl);
/// Whether it offers to resume a session: by a pre_shared_key (RFC 8446, section 4.2.11) or a
/// session_ticket that is not empty (RFC 5077, section 3.2).
[[nodiscard]] bool offers_session(SSL* ssl);
/// Whether there is a status_request extension (RFC 6066, section 8).
[[nodiscard]] bool wants_status(SSL* ssl);

}  // namespace halfopen::crypto
