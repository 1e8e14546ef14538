// A TLS client and a TLS server that talk through memory.
#pragma once

#include <string>

#include "crypto/tls.h"

namespace halfopen::crypto {

/// A file with that text, gone at the end.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& text);
  ~TemporaryFile();
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

struct Pair {
  Tls client;
  Tls server;
  Bytes at_client;  ///< Plain bytes that have come out on either side.
  Bytes at_server;

  /// The client trusts `trusted` and wants `host`; the server shows an identity of `signer` for
  /// `shown`.
  Pair(const Authority& trusted, const std::string& host, const Authority& signer,
       const std::string& shown);

  /// Moves bytes, in pieces of `piece`, until neither side has any more.
  void exchange(std::size_t piece = 100'000);
};

}  // namespace halfopen::crypto
