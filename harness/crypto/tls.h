// TLS without I/O: OpenSSL over memory BIOs. Cipher bytes in, plain bytes out, and the other way
// round; the caller moves them.
#pragma once

#include <memory>
#include <string>

#include "base/bytes.h"
#include "crypto/authority.h"
#include "crypto/client_plan.h"
#include "crypto/server_plan.h"

namespace halfopen::crypto {

/// What a client needs to resume a session, opaque outside this folder.
class Session;

/// One TLS connection. Every call does all that can be done with the bytes at hand.
class Tls {
 public:
  /// `closed`: our close_notify is out; the peer's data is still taken until its own comes.
  enum class State { handshaking, open, closed, failed };

  /// Server side with that identity. Sessions are resumed where the plan has a key for tickets.
  static Tls server(const std::shared_ptr<const Identity>& identity, const ServerPlan& plan = {});
  /// Client side: verifies against the PEM file `ca_file` and the name `host` (sent as SNI
  /// unless it is an address). Throws Error if the file cannot be used.
  static Tls client(const std::string& ca_file, const std::string& host,
                    const ClientPlan& plan = {});
  ~Tls();
  Tls(Tls&&) noexcept;
  Tls& operator=(Tls&&) noexcept;

  /// Client side, before start(): offers to resume that session.
  void offer(const Session& session);
  /// Starts the handshake (client) and makes progress.
  void start();
  /// Cipher bytes from the peer. Plain bytes that came out of them are appended to `plain`.
  void received(ByteView cipher, Bytes& plain);
  /// Plain bytes for the peer; dropped unless the connection is open.
  void send(ByteView plain);
  /// Sends close_notify, if the connection is open.
  void shutdown();
  /// Takes the cipher bytes that are to go out.
  [[nodiscard]] Bytes take_output();
  /// Bytes of memory that were needed once and are kept for the next time.
  [[nodiscard]] std::size_t idle_buffers() const;
  /// Gives back what of it is not in use.
  void release_buffers();

  [[nodiscard]] State state() const;
  /// Server side: the client's first message has come whole.
  [[nodiscard]] bool hello_seen() const;
  /// The session that was offered was taken up: no certificate was shown again.
  [[nodiscard]] bool resumed() const;
  /// Client side: a session that can be offered to the server later; null if it gave no ticket.
  [[nodiscard]] std::shared_ptr<const Session> session() const;
  /// Client side: the SHA-256 of the server's certificate, in hexadecimal; "" before it is known.
  [[nodiscard]] std::string peer_certificate() const;
  /// Server side: the client offers to resume a session.
  [[nodiscard]] bool session_offered() const;
  /// Server side: the client asks for an OCSP response (RFC 6066, section 8).
  [[nodiscard]] bool status_wanted() const;
  /// The peer's close_notify has come.
  [[nodiscard]] bool peer_closed() const;
  /// Why it failed, readable, or "".
  [[nodiscard]] const std::string& problem() const;
  /// The peer's first byte was no TLS: plain text to a TLS port, most likely.
  [[nodiscard]] bool plain_text() const;
  /// The registered name of the fatal alert and who sent it, if there was one: "unknown_ca".
  [[nodiscard]] const std::string& alert() const;
  [[nodiscard]] bool alert_from_peer() const;
  [[nodiscard]] std::string version() const;      ///< "TLSv1.3"
  [[nodiscard]] std::string server_name() const;  ///< SNI that the client sent, or "".
  [[nodiscard]] std::string alpn() const;         ///< The first protocol that the client offered.

 private:
  struct Connection;
  explicit Tls(std::unique_ptr<Connection> connection);
  std::unique_ptr<Connection> connection_;
};

}  // namespace halfopen::crypto
