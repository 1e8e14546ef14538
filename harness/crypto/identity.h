// A certificate with its private key. Only for the sources of this folder.
#pragma once

#include <memory>
#include <vector>

#include "base/bytes.h"
#include "crypto/key_log.h"
#include "crypto/openssl.h"

namespace halfopen::crypto {

struct ServerContext;

class Identity {
 public:
  OwnedKey key;
  OwnedCertificate certificate;
  std::vector<OwnedCertificate> chain;  ///< Sent after the leaf, so that clients can verify it.
  Bytes ocsp_response;                  ///< Shown to clients that ask for one; empty: none.
  bool weak = false;  ///< Below what OpenSSL takes by default, even for its own certificate.
  KeyLog key_log;     ///< For the secrets of its connections; may be null.
  /// What the latest connection was served with: as a rule the next one is, too.
  mutable std::shared_ptr<const ServerContext> latest_context;
};

}  // namespace halfopen::crypto
