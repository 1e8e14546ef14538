// Stapled OCSP responses (RFC 6960; RFC 6066, section 8). Only for the sources of this folder.
#pragma once

#include "base/bytes.h"
#include "crypto/certificate.h"

namespace halfopen::crypto {

/// The response, DER, by which the signer says that it has revoked the certificate.
[[nodiscard]] Bytes revocation_of(X509* certificate, const Signer& signer);
/// Shows the response to clients that ask for one; nothing for an empty one.
void staple(SSL* server, const Bytes& response);
/// Makes a client ask for a response, and refuse a revoked certificate unless it `ignores` that.
void ask_for_status(SSL_CTX* context, SSL* client, bool ignores);

}  // namespace halfopen::crypto
