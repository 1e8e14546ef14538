// TLS without I/O: OpenSSL over memory BIOs. Cipher bytes in, plain bytes out, and the other way
// round; the caller moves them. And the test authority that signs what the fake server shows.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace halfopen::crypto {

/// A certificate with its private key, opaque outside this folder.
class Identity;

/// A certificate authority made at start (ECDSA P-256); its key never leaves the process.
class Authority {
 public:
  Authority();
  ~Authority();
  Authority(Authority&&) noexcept;
  Authority& operator=(Authority&&) noexcept;

  /// The authority's certificate, PEM.
  [[nodiscard]] const std::string& pem() const;
  /// A leaf valid now for these DNS names and IP addresses (SAN), signed by this authority.
  [[nodiscard]] std::shared_ptr<const Identity> issue(const std::vector<std::string>& names) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// One TLS connection. Every call does all that can be done with the bytes at hand.
class Tls {
 public:
  enum class State { handshaking, open, closed, failed };

  /// Server side, TLS 1.2 and 1.3, with that identity.
  static Tls server(std::shared_ptr<const Identity> identity);
  /// Client side: verifies against the PEM file `ca_file` and the name `host` (also sent as SNI).
  static Tls client(const std::string& ca_file, const std::string& host);
  ~Tls();
  Tls(Tls&&) noexcept;
  Tls& operator=(Tls&&) noexcept;

  /// Starts the handshake (client) and makes progress.
  void start();
  /// Cipher bytes from the peer. Plain bytes that came out of them are appended to `plain`.
  void received(ByteView cipher, Bytes& plain);
  /// Plain bytes for the peer; only when open.
  void send(ByteView plain);
  /// Sends close_notify.
  void shutdown();
  /// Takes the cipher bytes that are to go out.
  [[nodiscard]] Bytes take_output();

  [[nodiscard]] State state() const;
  /// The peer's close_notify has come.
  [[nodiscard]] bool peer_closed() const;
  /// Why it failed, readable, or "".
  [[nodiscard]] const std::string& problem() const;
  /// The name of the fatal alert and who sent it, if there was one: "unknown_ca".
  [[nodiscard]] const std::string& alert() const;
  [[nodiscard]] bool alert_from_peer() const;
  [[nodiscard]] std::string version() const;      ///< "TLSv1.3"
  [[nodiscard]] std::string server_name() const;  ///< SNI that the client sent, or "".
  [[nodiscard]] std::string alpn() const;         ///< The first protocol that the client offered.

 private:
  struct Impl;
  explicit Tls(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace halfopen::crypto
