// The certificates of the test authority, as OpenSSL's own verification sees them.
#include <catch2/catch.hpp>

#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "crypto/identity.h"
#include "crypto/tls.h"

using namespace halfopen;
using namespace halfopen::crypto;

namespace {

OwnedCertificate certificate_of(const Authority& authority) {
  const OwnedBio bio(BIO_new_mem_buf(authority.pem().data(), -1));
  return OwnedCertificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
}

using OwnedStore = std::unique_ptr<X509_STORE, Release<X509_STORE_free>>;
using OwnedVerification = std::unique_ptr<X509_STORE_CTX, Release<X509_STORE_CTX_free>>;

using OwnedChain =
    std::unique_ptr<STACK_OF(X509), Release<+[](STACK_OF(X509) * stack) { sk_X509_free(stack); }>>;

/// What strict verification (RFC 5280) as a TLS server's certificate says.
std::string verified(const Authority& authority, const Identity& identity) {
  const OwnedCertificate root = certificate_of(authority);
  const OwnedStore store(X509_STORE_new());
  X509_STORE_add_cert(store.get(), root.get());
  const OwnedVerification verification(X509_STORE_CTX_new());
  const OwnedChain chain(sk_X509_new_null());
  for (const OwnedCertificate& signer : identity.chain) sk_X509_push(chain.get(), signer.get());
  X509_STORE_CTX_init(verification.get(), store.get(), identity.certificate.get(), chain.get());
  X509_STORE_CTX_set_default(verification.get(), "ssl_server");
  X509_STORE_CTX_set_flags(verification.get(),
                           X509_V_FLAG_X509_STRICT | X509_V_FLAG_CHECK_SS_SIGNATURE);
  X509_verify_cert(verification.get());
  return X509_verify_cert_error_string(X509_STORE_CTX_get_error(verification.get()));
}

}  // namespace

TEST_CASE("a leaf passes strict verification against its authority") {
  const Authority authority;
  CHECK(verified(authority, *authority.issue({"server.test"})) == "ok");
  CHECK(verified(Authority(), *authority.issue({"server.test"})) != "ok");
}

TEST_CASE("the authority may sign certificates and nothing else, and says so critically") {
  const Authority authority;
  const OwnedCertificate root = certificate_of(authority);
  CHECK(X509_check_ca(root.get()) == 1);
  CHECK(X509_get_key_usage(root.get()) == (KU_KEY_CERT_SIGN | KU_CRL_SIGN));
  for (const int kind : {NID_basic_constraints, NID_key_usage}) {
    const int at = X509_get_ext_by_NID(root.get(), kind, -1);
    CHECK(X509_EXTENSION_get_critical(X509_get_ext(root.get(), at)) == 1);
    CHECK(X509_get_ext_by_NID(root.get(), kind, at) == -1);
  }
  CHECK(X509_get0_subject_key_id(root.get()) != nullptr);
}

TEST_CASE("a leaf is for TLS servers, for its names and addresses, and for no others") {
  const Authority authority;
  const auto leaf = authority.issue({"server.test", "*.server.test", "192.0.2.7", "2001:db8::7"});
  X509* certificate = leaf->certificate.get();
  CHECK(X509_check_ca(certificate) == 0);
  CHECK(X509_get_key_usage(certificate) == KU_DIGITAL_SIGNATURE);
  CHECK(X509_get_extended_key_usage(certificate) == XKU_SSL_SERVER);
  CHECK(X509_check_host(certificate, "server.test", 0, 0, nullptr) == 1);
  CHECK(X509_check_host(certificate, "a.server.test", 0, 0, nullptr) == 1);
  CHECK(X509_check_host(certificate, "other.test", 0, 0, nullptr) == 0);
  CHECK(X509_check_ip_asc(certificate, "192.0.2.7", 0) == 1);
  CHECK(X509_check_ip_asc(certificate, "2001:db8::7", 0) == 1);
  CHECK(X509_check_ip_asc(certificate, "192.0.2.8", 0) == 0);
}

TEST_CASE("certificates are valid from an hour ago for thirty days") {
  const Authority authority;
  const auto leaf = authority.issue({"server.test"});
  int days = 0;
  int seconds = 0;
  const X509* certificate = leaf->certificate.get();
  ASN1_TIME_diff(&days, &seconds, X509_get0_notBefore(certificate),
                 X509_get0_notAfter(certificate));
  CHECK(days == 30);
  CHECK(seconds >= 3600);
  CHECK(seconds <= 3601);
  CHECK(X509_cmp_current_time(X509_get0_notBefore(certificate)) == -1);
}

TEST_CASE("a planned certificate is wrong in just the way that was planned") {
  using Signer = CertificatePlan::Signer;
  const Authority authority;
  const auto verdict = [&](const auto& change) {
    CertificatePlan plan;
    plan.names = {"server.test"};
    change(plan);
    return verified(authority, *authority.issue(plan));
  };
  CHECK(verdict([](CertificatePlan&) {}) == "ok");
  CHECK(verdict([](CertificatePlan& plan) { plan.signer = Signer::intermediate; }) == "ok");
  CHECK(verdict([](CertificatePlan& plan) {
          plan.signer = Signer::intermediate;
          plan.whole_chain = false;
        }) == "unable to get local issuer certificate");
  CHECK(verdict([](CertificatePlan& plan) { plan.signer = Signer::itself; }) ==
        "self-signed certificate");
  CHECK(verdict([](CertificatePlan& plan) { plan.signer = Signer::stranger; }) ==
        "self-signed certificate in certificate chain");
  CHECK(verdict([](CertificatePlan& plan) { plan.ends = -std::chrono::seconds(1); }) ==
        "certificate has expired");
  CHECK(verdict([](CertificatePlan& plan) { plan.begins = std::chrono::hours(1); }) ==
        "certificate is not yet valid");
  CHECK(verdict([](CertificatePlan& plan) { plan.purpose = "clientAuth"; }) ==
        "unsuitable certificate purpose");
}

TEST_CASE("a name can stand in the common name alone") {
  CertificatePlan plan;
  plan.names = {"server.test"};
  plan.alternative_names = false;
  const auto leaf = Authority().issue(plan);
  X509* certificate = leaf->certificate.get();
  CHECK(X509_check_host(certificate, "server.test", 0, 0, nullptr) == 1);
  CHECK(X509_check_host(certificate, "server.test", 0, X509_CHECK_FLAG_NEVER_CHECK_SUBJECT,
                        nullptr) == 0);
}

TEST_CASE("a server's certificates are made once each") {
  const Authority authority;
  Identities identities(authority, {"server.test"});
  CertificatePlan other;
  other.sha1 = true;
  const auto first = identities.get();
  CHECK(identities.get(other) != first);
  CHECK(identities.get() == first);
  CHECK(identities.get(other) == identities.get(other));
}

TEST_CASE("serial numbers differ from certificate to certificate") {
  const Authority authority;
  const auto one = authority.issue({"server.test"});
  const auto two = authority.issue({"server.test"});
  CHECK(ASN1_INTEGER_cmp(X509_get0_serialNumber(one->certificate.get()),
                         X509_get0_serialNumber(two->certificate.get())) != 0);
}

TEST_CASE("names that are none are refused") {
  const Authority authority;
  CHECK_THROWS_WITH(authority.issue(std::vector<std::string>{}),
                    "make a certificate: it has no names");
  CHECK_THROWS_WITH(authority.issue({"a.test,IP:127.0.0.1"}),
                    "make a certificate: \"a.test,IP:127.0.0.1\" is no host name and no address");
}
