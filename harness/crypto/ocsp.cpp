#include "crypto/ocsp.h"

#include <openssl/ocsp.h>

#include <algorithm>

namespace halfopen::crypto {
namespace {

constexpr long hour = 3600;

using OwnedBasic = std::unique_ptr<OCSP_BASICRESP, Release<OCSP_BASICRESP_free>>;
using OwnedResponse = std::unique_ptr<OCSP_RESPONSE, Release<OCSP_RESPONSE_free>>;
using OwnedCertificateId = std::unique_ptr<OCSP_CERTID, Release<OCSP_CERTID_free>>;
using OwnedTime = std::unique_ptr<ASN1_TIME, Release<ASN1_STRING_free>>;

OwnedTime time_from_now(long seconds) {
  return OwnedTime(check_openssl("make a time", X509_gmtime_adj(nullptr, seconds)));
}

OwnedCertificateId id_of(X509* certificate, X509* issuer) {
  return OwnedCertificateId(
      check_openssl("name a certificate", OCSP_cert_to_id(EVP_sha1(), certificate, issuer)));
}

int on_asked(SSL* /*ssl*/, void* /*argument*/) { return SSL_TLSEXT_ERR_OK; }

int ignore(SSL* /*ssl*/, void* /*argument*/) { return 1; }

/// 1: the handshake may go on. Without a response there is nothing to check.
int check(SSL* ssl, void* /*argument*/) {
  const unsigned char* der = nullptr;
  const long length = SSL_get_tlsext_status_ocsp_resp(ssl, static_cast<void*>(&der));
  if (der == nullptr) return 1;
  const OwnedResponse response(d2i_OCSP_RESPONSE(nullptr, &der, length));
  const OwnedBasic basic(response ? OCSP_response_get1_basic(response.get()) : nullptr);
  STACK_OF(X509)* chain = SSL_get0_verified_chain(ssl);
  if (!basic || chain == nullptr || sk_X509_num(chain) < 2) return 0;
  X509_STORE* trusted = SSL_CTX_get_cert_store(SSL_get_SSL_CTX(ssl));
  if (OCSP_basic_verify(basic.get(), chain, trusted, 0) <= 0) return 0;
  const OwnedCertificateId id = id_of(sk_X509_value(chain, 0), sk_X509_value(chain, 1));
  int status = V_OCSP_CERTSTATUS_UNKNOWN;
  const int found =
      OCSP_resp_find_status(basic.get(), id.get(), &status, nullptr, nullptr, nullptr, nullptr);
  return found == 1 && status == V_OCSP_CERTSTATUS_GOOD ? 1 : 0;
}

}  // namespace

Bytes revocation_of(X509* certificate, const Signer& signer) {
  const OwnedBasic basic(check_openssl("make an OCSP response", OCSP_BASICRESP_new()));
  const OwnedCertificateId id = id_of(certificate, signer.certificate.get());
  const OwnedTime since = time_from_now(-hour);
  const OwnedTime until = time_from_now(24 * hour);
  check_openssl("revoke a certificate",
                OCSP_basic_add1_status(basic.get(), id.get(), V_OCSP_CERTSTATUS_REVOKED,
                                       OCSP_REVOKED_STATUS_KEYCOMPROMISE, since.get(), since.get(),
                                       until.get()));
  check_openssl("sign an OCSP response",
                OCSP_basic_sign(basic.get(), signer.certificate.get(), signer.key.get(),
                                EVP_sha256(), nullptr, 0));
  const OwnedResponse response(check_openssl(
      "make an OCSP response", OCSP_response_create(OCSP_RESPONSE_STATUS_SUCCESSFUL, basic.get())));
  Bytes der(static_cast<std::size_t>(
      check_openssl("measure an OCSP response", i2d_OCSP_RESPONSE(response.get(), nullptr))));
  unsigned char* end = der.data();
  check_openssl("write an OCSP response", i2d_OCSP_RESPONSE(response.get(), &end));
  return der;
}

void staple(SSL* server, const Bytes& response) {
  if (response.empty()) return;
  auto* copy = static_cast<unsigned char*>(
      check_openssl("copy an OCSP response", OPENSSL_malloc(response.size())));
  std::copy(response.begin(), response.end(), copy);
  SSL_set_tlsext_status_ocsp_resp(server, copy, static_cast<long>(response.size()));
  SSL_CTX_set_tlsext_status_cb(SSL_get_SSL_CTX(server), &on_asked);
}

void ask_for_status(SSL_CTX* context, SSL* client, bool ignores) {
  SSL_set_tlsext_status_type(client, TLSEXT_STATUSTYPE_ocsp);
  const auto on_response = ignores ? &ignore : &check;
  SSL_CTX_set_tlsext_status_cb(context, on_response);
}

}  // namespace halfopen::crypto
