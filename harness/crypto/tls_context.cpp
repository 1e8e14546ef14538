#include "crypto/tls_context.h"

#include <arpa/inet.h>
#include <openssl/x509v3.h>

#include <array>

namespace halfopen::crypto {
namespace {

OwnedContext context(const SSL_METHOD* method) {
  OwnedContext made(check_openssl("make a TLS context", SSL_CTX_new(method)));
  check_openssl("demand TLS 1.2", SSL_CTX_set_min_proto_version(made.get(), TLS1_2_VERSION));
  SSL_CTX_set_options(made.get(), SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION);
  SSL_CTX_set_session_cache_mode(made.get(), SSL_SESS_CACHE_OFF);
  return made;
}

/// Chooses http/1.1 where it is offered; else no protocol (RFC 7301 lets a server ignore ALPN).
int choose_protocol(SSL* /*ssl*/, const unsigned char** chosen, unsigned char* length,
                    const unsigned char* offered, unsigned offered_length, void* /*argument*/) {
  static constexpr std::array<unsigned char, 9> http = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
  unsigned char* out = nullptr;
  if (SSL_select_next_proto(&out, length, http.data(), http.size(), offered, offered_length) !=
      OPENSSL_NPN_NEGOTIATED) {
    return SSL_TLSEXT_ERR_NOACK;
  }
  *chosen = out;
  return SSL_TLSEXT_ERR_OK;
}

}  // namespace

OwnedContext server_context(const Identity& identity) {
  OwnedContext made = context(TLS_server_method());
  SSL_CTX* raw = made.get();
  check_openssl("use the certificate", SSL_CTX_use_certificate(raw, identity.certificate.get()));
  check_openssl("use the private key", SSL_CTX_use_PrivateKey(raw, identity.key.get()));
  check_openssl("add the authority to the chain",
                SSL_CTX_add1_chain_cert(raw, identity.issuer.get()));
  check_openssl("switch tickets off", SSL_CTX_set_num_tickets(raw, 0));
  SSL_CTX_set_alpn_select_cb(raw, &choose_protocol, nullptr);
  return made;
}

OwnedContext client_context(const std::string& ca_file) {
  OwnedContext made = context(TLS_client_method());
  check_openssl("read the certificates in " + ca_file,
                SSL_CTX_load_verify_file(made.get(), ca_file.c_str()));
  SSL_CTX_set_verify(made.get(), SSL_VERIFY_PEER, nullptr);
  return made;
}

bool is_address(const std::string& name) {
  std::array<unsigned char, 16> out{};
  return inet_pton(AF_INET, name.c_str(), out.data()) == 1 ||
         inet_pton(AF_INET6, name.c_str(), out.data()) == 1;
}

void expect_host(SSL* ssl, const std::string& host) {
  if (is_address(host)) {
    check_openssl("expect the address " + host,
                  X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), host.c_str()));
    return;
  }
  check_openssl("expect the host " + host, SSL_set1_host(ssl, host.c_str()));
  check_openssl("send the host name " + host, SSL_set_tlsext_host_name(ssl, host.c_str()));
}

}  // namespace halfopen::crypto
