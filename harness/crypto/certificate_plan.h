// What a server's certificate says and who signed it, as plain data. Anything but the default, or
// another edition of it, is a reason for clients to refuse it.
#pragma once

#include <compare>
#include <string>
#include <vector>

#include "base/time.h"

namespace halfopen::crypto {

struct CertificatePlan {
  enum class Signer {
    authority,     ///< The test authority, which clients trust.
    intermediate,  ///< An authority whose own certificate the test authority signed.
    itself,
    stranger,  ///< An authority that no client trusts.
  };
  Signer signer = Signer::authority;
  bool whole_chain = true;         ///< The signers' certificates are sent behind it.
  std::vector<std::string> names;  ///< DNS names and addresses; empty: those of the server.
  /// The names stand in subjectAltName; else the first one stands in the common name alone.
  bool alternative_names = true;
  std::string purpose = "serverAuth";           ///< extendedKeyUsage (RFC 5280, section 4.2.1.12).
  int rsa_bits = 0;                             ///< Size of its RSA key; 0: ECDSA on P-256.
  bool sha1 = false;                            ///< It is signed with SHA-1 instead of SHA-256.
  bool revoked = false;                         ///< An OCSP response that says so is shown with it.
  Duration begins = -std::chrono::hours(1);     ///< notBefore, from now.
  Duration ends = std::chrono::hours(24 * 30);  ///< notAfter, from now.

  int edition = 0;  ///< Editions are other keys and certificates that say the same.

  auto operator<=>(const CertificatePlan&) const = default;
};

}  // namespace halfopen::crypto
