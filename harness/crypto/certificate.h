// Making X.509 certificates (RFC 5280). Only for the sources of this folder.
#pragma once

#include <string>
#include <vector>

#include "crypto/certificate_plan.h"
#include "crypto/openssl.h"

namespace halfopen::crypto {

/// A key and the certificate for it.
struct Signer {
  OwnedKey key;
  OwnedCertificate certificate;
};

/// RSA of that size, or ECDSA on P-256 for 0.
[[nodiscard]] OwnedKey make_key(int rsa_bits = 0);
/// An authority that may have `depth` further authorities below it; `signer` null: it is a root.
[[nodiscard]] Signer make_authority(const std::string& name, int depth, const Signer* signer);
/// A server's certificate for `key`; `signer` null: it is signed by `key` itself. Of the plan, who
/// signs is left to the caller.
[[nodiscard]] OwnedCertificate make_leaf(const CertificatePlan& plan, EVP_PKEY* key,
                                         const Signer* signer);

[[nodiscard]] OwnedCertificate shared(X509* certificate);
[[nodiscard]] std::string to_pem(X509* certificate);

}  // namespace halfopen::crypto
