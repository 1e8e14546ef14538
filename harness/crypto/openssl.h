// OpenSSL's results and objects: one checker, and owners for everything with an end. Only for the
// sources of this folder.
#pragma once

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <concepts>
#include <memory>
#include <string>
#include <string_view>

#include "base/error.h"

namespace halfopen::crypto {

/// Why OpenSSL failed last, readable; empties the thread's error queue. Never empty.
[[nodiscard]] std::string openssl_reason();

/// Passes on what an OpenSSL call gave; throws Error("attempt: reason") for null or for 0 and less.
template <class T>
T* check_openssl(std::string_view attempt, T* result) {
  if (result == nullptr) throw Error(attempt, openssl_reason());
  return result;
}
template <std::integral T>
T check_openssl(std::string_view attempt, T result) {
  if (result <= 0) throw Error(attempt, openssl_reason());
  return result;
}

template <auto release>
struct Release {
  template <class T>
  void operator()(T* object) const {
    release(object);
  }
};
using OwnedKey = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY_free>>;
using OwnedCertificate = std::unique_ptr<X509, Release<X509_free>>;
using OwnedExtension = std::unique_ptr<X509_EXTENSION, Release<X509_EXTENSION_free>>;
using OwnedContext = std::unique_ptr<SSL_CTX, Release<SSL_CTX_free>>;
using OwnedSession = std::unique_ptr<SSL_SESSION, Release<SSL_SESSION_free>>;
using OwnedSsl = std::unique_ptr<SSL, Release<SSL_free>>;
using OwnedBio = std::unique_ptr<BIO, Release<BIO_free_all>>;

}  // namespace halfopen::crypto
