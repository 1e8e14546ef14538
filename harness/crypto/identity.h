// A certificate with its private key. Only for the sources of this folder.
#pragma once

#include "crypto/openssl.h"

namespace halfopen::crypto {

class Identity {
 public:
  Identity(OwnedKey private_key, OwnedCertificate own, OwnedCertificate signer)
      : key(std::move(private_key)), certificate(std::move(own)), issuer(std::move(signer)) {}

  const OwnedKey key;
  const OwnedCertificate certificate;
  const OwnedCertificate issuer;  ///< Sent after the leaf, so that tools can show the chain.
};

}  // namespace halfopen::crypto
