#include "crypto/tls.h"

#include <openssl/err.h>

#include <algorithm>
#include <array>
#include <utility>

#include "crypto/alert.h"
#include "crypto/client_hello.h"
#include "crypto/ocsp.h"
#include "crypto/tls_context.h"

namespace halfopen::crypto {

class Session {
 public:
  OwnedSession value;
};

namespace {

BIO* make_buffer() { return check_openssl("make a TLS buffer", BIO_new(BIO_s_mem())); }

/// How much it has room for, in bytes.
std::size_t room_of(BIO* buffer) {
  const BUF_MEM* memory = nullptr;
  BIO_get_mem_ptr(buffer, &memory);
  return memory != nullptr ? memory->max : 0;
}

}  // namespace

struct Tls::Connection {
  std::shared_ptr<const ServerContext> server_context;  // Null on the client's side.
  ClientPlan client_plan;
  OwnedContext client_context;  // Null on the server's side.
  OwnedSsl ssl;
  BIO* in = nullptr;   // Cipher bytes from the peer; owned by `ssl`, as is `out`.
  BIO* out = nullptr;  // Cipher bytes for the peer.
  State state = State::handshaking;
  bool first_byte_seen = false;
  bool hello_seen = false;
  bool status_wanted = false;
  bool session_offered = false;
  bool plain_text = false;
  bool peer_closed = false;
  std::string problem;
  std::string alert;
  bool alert_from_peer = false;
  std::string plain_alert;  // From the peer, not encrypted.
  std::string server_name;
  std::string alpn;

  Connection(const Identity& identity, const ServerPlan& plan);
  Connection(const std::string& ca_file, const ClientPlan& plan);
  void attach();
  static int on_client_hello(SSL* ssl, int* alert, void* argument);
  static void on_info(const SSL* ssl, int where, int value);
  static void on_secret(const SSL* ssl, const char* line);

  bool starts_like_tls(ByteView cipher);
  void note_plain_alert(ByteView cipher);
  void handshake();
  void read(Bytes& plain);
  /// Whether the call that gave `result` must be tried again when more bytes have come.
  bool must_wait(int result);
};

Tls::Connection::Connection(const Identity& identity, const ServerPlan& plan)
    : server_context(crypto::server_context(identity, plan)),
      ssl(check_openssl("make a TLS connection", SSL_new(server_context->context.get()))) {
  attach();
  staple(ssl.get(), identity.ocsp_response);
  SSL_CTX_set_client_hello_cb(server_context->context.get(), &Connection::on_client_hello, nullptr);
  if (server_context->key_log)
    SSL_CTX_set_keylog_callback(server_context->context.get(), &Connection::on_secret);
  SSL_set_accept_state(ssl.get());
}

Tls::Connection::Connection(const std::string& ca_file, const ClientPlan& plan)
    : client_plan(plan),
      client_context(crypto::client_context(ca_file, client_plan)),
      ssl(check_openssl("make a TLS connection", SSL_new(client_context.get()))) {
  attach();
  ask_for_status(client_context.get(), ssl.get(), !client_plan.checks_revocation);
  SSL_set_connect_state(ssl.get());
}

void Tls::Connection::attach() {
  in = make_buffer();
  out = make_buffer();
  SSL_set_bio(ssl.get(), in, out);
  SSL_set_app_data(ssl.get(), this);
  SSL_set_info_callback(ssl.get(), &Connection::on_info);
}

int Tls::Connection::on_client_hello(SSL* ssl, int* /*alert*/, void* /*argument*/) {
  auto* self = static_cast<Connection*>(SSL_get_app_data(ssl));
  self->server_name = server_name_of(ssl);
  self->alpn = first_alpn_of(ssl);
  self->status_wanted = wants_status(ssl);
  self->session_offered = offers_session(ssl);
  self->hello_seen = true;
  return self->server_context->plan.stops_at_hello ? SSL_CLIENT_HELLO_RETRY
                                                   : SSL_CLIENT_HELLO_SUCCESS;
}

void Tls::Connection::on_info(const SSL* ssl, int where, int value) {
  if ((where & SSL_CB_ALERT) == 0) return;
  constexpr int fatal = 2;
  const int level = value >> 8;
  const int description = value & 0xff;
  // TLS 1.3 does away with levels: all alerts but close_notify and user_canceled end it.
  const bool ends =
      level == fatal || (SSL_version(ssl) == TLS1_3_VERSION && description != SSL_AD_CLOSE_NOTIFY &&
                         description != SSL_AD_USER_CANCELLED);
  auto* self = static_cast<Connection*>(SSL_get_app_data(ssl));
  if (!ends || !self->alert.empty()) return;
  self->alert = alert_name(description);
  self->alert_from_peer = (where & SSL_CB_READ) != 0;
}

void Tls::Connection::on_secret(const SSL* ssl, const char* line) {
  static_cast<Connection*>(SSL_get_app_data(ssl))->server_context->key_log(line);
}

/// OpenSSL waits for five bytes before it looks at any; a client that sends one plain byte to a TLS
/// port would wait for ever.
bool Tls::Connection::starts_like_tls(ByteView cipher) {
  if (first_byte_seen || cipher.empty()) return true;
  first_byte_seen = true;
  if (cipher[0] == SSL3_RT_HANDSHAKE || cipher[0] == SSL3_RT_ALERT) return true;
  state = State::failed;
  plain_text = true;
  problem = "not TLS but: " + printable(cipher, 40);
  return false;
}

/// A client that will not speak our version says so in a record of its own version, which OpenSSL
/// refuses to read.
void Tls::Connection::note_plain_alert(ByteView cipher) {
  constexpr std::size_t record = 7;
  constexpr std::uint8_t fatal = 2;
  const bool alone = cipher.size() == record && cipher[3] == 0 && cipher[4] == 2;
  if (state != State::handshaking || !alone || cipher[0] != SSL3_RT_ALERT || cipher[5] != fatal)
    return;
  plain_alert = alert_name(cipher[6]);
}

bool Tls::Connection::must_wait(int result) {
  const int error = SSL_get_error(ssl.get(), result);
  if (error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_CLIENT_HELLO_CB) return true;
  if (error == SSL_ERROR_ZERO_RETURN) {
    peer_closed = true;
    return true;
  }
  state = State::failed;
  const long verified = SSL_get_verify_result(ssl.get());
  problem = openssl_reason();
  if (!plain_alert.empty() && !std::exchange(alert_from_peer, true)) alert = plain_alert;
  if (verified != X509_V_OK) problem += std::string(": ") + X509_verify_cert_error_string(verified);
  return false;
}

void Tls::Connection::handshake() {
  ERR_clear_error();
  const int result = SSL_do_handshake(ssl.get());
  if (result != 1) {
    must_wait(result);
    return;
  }
  state = State::open;
  if (SSL_is_server(ssl.get()) != 0) return;
  problem = wrong_protocol(ssl.get(), client_plan);
  if (!problem.empty()) state = State::failed;
}

void Tls::Connection::read(Bytes& plain) {
  std::array<std::uint8_t, std::size_t{16} * 1024> buffer;
  for (;;) {
    ERR_clear_error();
    const int result = SSL_read(ssl.get(), buffer.data(), static_cast<int>(buffer.size()));
    if (result <= 0) {
      must_wait(result);
      return;
    }
    append(plain, ByteView(buffer).first(static_cast<std::size_t>(result)));
  }
}

Tls::Tls(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
Tls::~Tls() = default;
Tls::Tls(Tls&&) noexcept = default;
Tls& Tls::operator=(Tls&&) noexcept = default;

Tls Tls::server(const std::shared_ptr<const Identity>& identity, const ServerPlan& plan) {
  return Tls(std::make_unique<Connection>(*identity, plan));
}

Tls Tls::client(const std::string& ca_file, const std::string& host, const ClientPlan& plan) {
  auto made = std::make_unique<Connection>(ca_file, plan);
  expect_host(made->ssl.get(), host, plan);
  return Tls(std::move(made));
}

// Copies, because a connection that ends without close_notify spoils the session that it has.
void Tls::offer(const Session& session) {
  const OwnedSession copy(check_openssl("copy a session", SSL_SESSION_dup(session.value.get())));
  check_openssl("offer a session", SSL_set_session(connection_->ssl.get(), copy.get()));
}

std::shared_ptr<const Session> Tls::session() const {
  SSL_SESSION* current = SSL_get_session(connection_->ssl.get());
  if (current == nullptr || SSL_SESSION_is_resumable(current) == 0) return nullptr;
  auto session = std::make_shared<Session>();
  session->value.reset(check_openssl("copy a session", SSL_SESSION_dup(current)));
  return session;
}

void Tls::start() {
  if (connection_->state == State::handshaking) connection_->handshake();
}

void Tls::received(ByteView cipher, Bytes& plain) {
  Connection& own = *connection_;
  if (!own.starts_like_tls(cipher)) return;
  own.note_plain_alert(cipher);
  // What comes behind close_notify is dropped (RFC 8446, section 6.1).
  while (!cipher.empty() && own.state != State::failed && !own.peer_closed) {
    // In portions, so that OpenSSL never holds more than one record and a bit.
    const ByteView portion = cipher.first(std::min(cipher.size(), std::size_t{64} * 1024));
    cipher = cipher.subspan(portion.size());
    check_openssl("hand bytes to TLS",
                  BIO_write(own.in, portion.data(), static_cast<int>(portion.size())));
    if (own.state == State::handshaking) own.handshake();
    if (own.state == State::open || own.state == State::closed) own.read(plain);
  }
}

void Tls::send(ByteView plain) {
  Connection& own = *connection_;
  while (!plain.empty() && own.state == State::open) {
    const ByteView portion = plain.first(std::min(plain.size(), std::size_t{1024} * 1024));
    plain = plain.subspan(portion.size());
    ERR_clear_error();
    const int result = SSL_write(own.ssl.get(), portion.data(), static_cast<int>(portion.size()));
    if (result <= 0) own.must_wait(result);
  }
}

void Tls::shutdown() {
  if (connection_->state != State::open) return;
  ERR_clear_error();
  SSL_shutdown(connection_->ssl.get());
  connection_->state = State::closed;
}

Bytes Tls::take_output() {
  Bytes output(BIO_ctrl_pending(connection_->out));
  if (output.empty()) return output;
  const int taken = BIO_read(connection_->out, output.data(), static_cast<int>(output.size()));
  output.resize(static_cast<std::size_t>(check_openssl("take bytes from TLS", taken)));
  return output;
}

std::size_t Tls::idle_buffers() const {
  return room_of(connection_->in) + room_of(connection_->out);
}

void Tls::release_buffers() {
  Connection& own = *connection_;
  if (BIO_ctrl_pending(own.in) == 0) {
    own.in = make_buffer();
    SSL_set0_rbio(own.ssl.get(), own.in);
  }
  if (BIO_ctrl_pending(own.out) == 0) {
    own.out = make_buffer();
    SSL_set0_wbio(own.ssl.get(), own.out);
  }
}

Tls::State Tls::state() const { return connection_->state; }
bool Tls::hello_seen() const { return connection_->hello_seen; }
bool Tls::resumed() const { return SSL_session_reused(connection_->ssl.get()) == 1; }
std::string Tls::peer_certificate() const {
  const X509* certificate = SSL_get0_peer_certificate(connection_->ssl.get());
  std::array<std::uint8_t, 32> digest{};
  if (certificate == nullptr) return {};
  check_openssl("take a certificate's digest",
                X509_digest(certificate, EVP_sha256(), digest.data(), nullptr));
  return hex(digest);
}
bool Tls::session_offered() const { return connection_->session_offered; }
bool Tls::status_wanted() const { return connection_->status_wanted; }
bool Tls::peer_closed() const { return connection_->peer_closed; }
const std::string& Tls::problem() const { return connection_->problem; }
bool Tls::plain_text() const { return connection_->plain_text; }
const std::string& Tls::alert() const { return connection_->alert; }
bool Tls::alert_from_peer() const { return connection_->alert_from_peer; }
std::string Tls::version() const { return SSL_get_version(connection_->ssl.get()); }
std::string Tls::server_name() const { return connection_->server_name; }
std::string Tls::alpn() const { return connection_->alpn; }

}  // namespace halfopen::crypto
