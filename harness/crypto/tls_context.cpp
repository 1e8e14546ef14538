#include "crypto/tls_context.h"

#include <arpa/inet.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>

#include "base/bytes.h"

namespace halfopen::crypto {
namespace {

/// OpenSSL's level 0 takes anything: old versions, short keys, SHA-1.
constexpr int anything = 0;

OwnedContext context(const SSL_METHOD* method) {
  OwnedContext made(check_openssl("make a TLS context", SSL_CTX_new(method)));
  SSL_CTX_set_options(made.get(), SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION);
  SSL_CTX_set_session_cache_mode(made.get(), SSL_SESS_CACHE_OFF);
  // A client may have thousands of connections that do nothing: 34 KiB each, otherwise.
  SSL_CTX_set_mode(made.get(), SSL_MODE_RELEASE_BUFFERS);
  return made;
}

/// Chooses http/1.1 where it is offered; else no protocol (RFC 7301 lets a server ignore ALPN).
int choose_protocol(SSL* /*ssl*/, const unsigned char** chosen, unsigned char* length,
                    const unsigned char* offered, unsigned offered_length, void* argument) {
  const std::string& forced = static_cast<const ServerPlan*>(argument)->protocol;
  if (!forced.empty()) {
    *chosen = reinterpret_cast<const unsigned char*>(forced.data());
    *length = static_cast<unsigned char>(forced.size());
    return SSL_TLSEXT_ERR_OK;
  }
  static constexpr std::array<unsigned char, 9> http = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
  unsigned char* out = nullptr;
  if (SSL_select_next_proto(&out, length, http.data(), http.size(), offered, offered_length) !=
      OPENSSL_NPN_NEGOTIATED) {
    return SSL_TLSEXT_ERR_NOACK;
  }
  *chosen = out;
  return SSL_TLSEXT_ERR_OK;
}

void offer_protocols(SSL_CTX* context, const std::vector<std::string>& protocols) {
  if (protocols.empty()) return;
  std::string list;
  for (const std::string& protocol : protocols)
    list += static_cast<char>(protocol.size()) + protocol;
  // The one function that returns 0 where it succeeds.
  if (SSL_CTX_set_alpn_protos(context, reinterpret_cast<const unsigned char*>(list.data()),
                              static_cast<unsigned>(list.size())) != 0)
    throw Error("offer protocols", openssl_reason());
}

void use_tickets(SSL_CTX* context, Bytes key) {
  if (key.empty()) {
    check_openssl("switch tickets off", SSL_CTX_set_num_tickets(context, 0));
    return;
  }
  SSL_CTX_clear_options(context, SSL_OP_NO_TICKET);
  // A session belongs to one application; any name will do.
  constexpr std::array<unsigned char, 8> name = {'h', 'a', 'l', 'f', 'o', 'p', 'e', 'n'};
  check_openssl("name the sessions",
                SSL_CTX_set_session_id_context(context, name.data(), name.size()));
  check_openssl("use the key of the tickets",
                SSL_CTX_set_tlsext_ticket_keys(context, key.data(), static_cast<long>(key.size())));
}

/// A method for one version makes OpenSSL behave like an old server, which takes the client's offer
/// of later versions for one of its own. The functions are deprecated because nobody should do
/// this.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
const SSL_METHOD* method_of(ServerPlan::Version version) {
  switch (version) {
    case ServerPlan::Version::current:
      return TLS_server_method();
    case ServerPlan::Version::tls_1_0:
      return TLSv1_server_method();
    case ServerPlan::Version::tls_1_1:
      return TLSv1_1_server_method();
    case ServerPlan::Version::tls_1_2:
      return TLSv1_2_server_method();
  }
  return nullptr;
}
#pragma GCC diagnostic pop

/// The plan must outlive it.
OwnedContext make_server_context(const Identity& identity, const ServerPlan& plan) {
  OwnedContext made = context(method_of(plan.version));
  SSL_CTX* raw = made.get();
  if (plan.version == ServerPlan::Version::current)
    check_openssl("demand TLS 1.2", SSL_CTX_set_min_proto_version(raw, TLS1_2_VERSION));
  if (identity.weak || plan.version != ServerPlan::Version::current)
    SSL_CTX_set_security_level(raw, anything);
  check_openssl("use the certificate", SSL_CTX_use_certificate(raw, identity.certificate.get()));
  check_openssl("use the private key", SSL_CTX_use_PrivateKey(raw, identity.key.get()));
  for (const OwnedCertificate& signer : identity.chain)
    check_openssl("add to the chain", SSL_CTX_add1_chain_cert(raw, signer.get()));
  use_tickets(raw, plan.ticket_key);
  SSL_CTX_set_alpn_select_cb(raw, &choose_protocol, const_cast<ServerPlan*>(&plan));
  if (plan.demands_certificate)
    SSL_CTX_set_verify(raw, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  return made;
}

}  // namespace

std::shared_ptr<const ServerContext> server_context(const Identity& identity,
                                                    const ServerPlan& plan) {
  if (identity.latest_context && identity.latest_context->plan == plan)
    return identity.latest_context;
  const auto made = std::make_shared<ServerContext>(ServerContext{plan, nullptr, identity.key_log});
  made->context = make_server_context(identity, made->plan);
  identity.latest_context = made;
  return made;
}

OwnedContext client_context(const std::string& ca_file, const ClientPlan& plan) {
  OwnedContext made = context(TLS_client_method());
  SSL_CTX* raw = made.get();
  if (plan.takes_old) SSL_CTX_set_security_level(raw, anything);
  check_openssl("set the oldest version",
                SSL_CTX_set_min_proto_version(raw, plan.takes_old ? TLS1_VERSION : TLS1_2_VERSION));
  check_openssl("read the certificates in " + ca_file,
                SSL_CTX_load_verify_file(raw, ca_file.c_str()));
  SSL_CTX_set_verify(raw, plan.checks_certificate ? SSL_VERIFY_PEER : SSL_VERIFY_NONE, nullptr);
  if (plan.keeps_sessions) SSL_CTX_clear_options(raw, SSL_OP_NO_TICKET);
  if (!plan.checks_time)
    X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(raw), X509_V_FLAG_NO_CHECK_TIME);
  if (!plan.checks_purpose)
    check_openssl("take any purpose", SSL_CTX_set_purpose(raw, X509_PURPOSE_ANY));
  offer_protocols(raw, plan.protocols);
  return made;
}

bool is_address(const std::string& name) {
  std::array<unsigned char, 16> out{};
  return inet_pton(AF_INET, name.c_str(), out.data()) == 1 ||
         inet_pton(AF_INET6, name.c_str(), out.data()) == 1;
}

void expect_host(SSL* ssl, const std::string& host, const ClientPlan& plan) {
  if (!plan.takes_common_name) SSL_set_hostflags(ssl, X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
  if (is_address(host)) {
    if (plan.checks_name)
      check_openssl("expect the address " + host,
                    X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), host.c_str()));
    return;
  }
  if (plan.checks_name) check_openssl("expect the host " + host, SSL_set1_host(ssl, host.c_str()));
  if (plan.sends_name)
    check_openssl("send the host name " + host, SSL_set_tlsext_host_name(ssl, host.c_str()));
}

std::string wrong_protocol(const SSL* ssl, const ClientPlan& plan) {
  const unsigned char* data = nullptr;
  unsigned length = 0;
  SSL_get0_alpn_selected(ssl, &data, &length);
  const std::string_view chosen(reinterpret_cast<const char*>(data), length);
  const auto& offered = plan.protocols;
  if (chosen.empty() || std::find(offered.begin(), offered.end(), chosen) != offered.end())
    return {};
  return "the server chose a protocol that was not offered: " + printable(as_bytes(chosen), 40);
}

}  // namespace halfopen::crypto
