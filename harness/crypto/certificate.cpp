#include "crypto/certificate.h"

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <array>

#include "crypto/tls_context.h"

namespace halfopen::crypto {
namespace {

/// 127 random bits: positive, and unlike in every run, so that no client mixes up two authorities
/// of the same name.
void set_serial(X509* certificate) {
  std::array<unsigned char, 16> bytes{};
  check_openssl("draw a serial number", RAND_bytes(bytes.data(), bytes.size()));
  bytes[0] = static_cast<unsigned char>((bytes[0] & 0x7f) | 0x40);
  const std::unique_ptr<BIGNUM, Release<BN_free>> number(check_openssl(
      "make a serial number", BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr)));
  check_openssl("set the serial number",
                BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)));
}

void set_common_name(X509_NAME* name, const std::string& text) {
  check_openssl(
      "set a certificate's name",
      X509_NAME_add_entry_by_NID(name, NID_commonName, MBSTRING_UTF8,
                                 reinterpret_cast<const unsigned char*>(text.c_str()), -1, -1, 0));
}

void set_time(ASN1_TIME* time, Duration from_now) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(from_now).count();
  check_openssl("set a certificate's time", X509_gmtime_adj(time, static_cast<long>(seconds)));
}

/// A certificate with everything but extensions, issuer and signature.
OwnedCertificate blank(EVP_PKEY* key, const std::string& common_name, const CertificatePlan& plan) {
  OwnedCertificate made(check_openssl("make a certificate", X509_new()));
  check_openssl("set the version", X509_set_version(made.get(), X509_VERSION_3));
  set_serial(made.get());
  set_time(X509_getm_notBefore(made.get()), plan.begins);
  set_time(X509_getm_notAfter(made.get()), plan.ends);
  check_openssl("set the key", X509_set_pubkey(made.get(), key));
  set_common_name(X509_get_subject_name(made.get()), common_name);
  return made;
}

void extend(X509* certificate, X509* issuer, int kind, const std::string& value) {
  X509V3_CTX context{};
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const OwnedExtension made(check_openssl(
      "make a certificate extension", X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str())));
  check_openssl("add a certificate extension", X509_add_ext(certificate, made.get(), -1));
}

void sign(X509* certificate, X509* issuer, EVP_PKEY* key, const EVP_MD* digest = EVP_sha256()) {
  check_openssl("set the issuer", X509_set_issuer_name(certificate, X509_get_subject_name(issuer)));
  check_openssl("sign a certificate", X509_sign(certificate, key, digest));
}

/// What a host name is made of; anything else could smuggle further entries into the extension.
void check_name(const std::string& name) {
  const std::string allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_*";
  if (name.empty() || name.size() > 253 || name.find_first_not_of(allowed) != std::string::npos) {
    throw Error("make a certificate", "\"" + name + "\" is no host name and no address");
  }
}

std::string alternative_names(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) {
    const bool address = is_address(name);
    if (!address) check_name(name);
    if (!list.empty()) list += ',';
    list += address ? "IP:" : "DNS:";
    list += name;
  }
  return list;
}

}  // namespace

OwnedKey make_key(int rsa_bits) {
  if (rsa_bits == 0) return OwnedKey(check_openssl("make a P-256 key", EVP_EC_gen("P-256")));
  return OwnedKey(check_openssl("make an RSA key", EVP_RSA_gen(static_cast<unsigned>(rsa_bits))));
}

Signer make_authority(const std::string& name, int depth, const Signer* signer) {
  Signer made{make_key(), nullptr};
  made.certificate = blank(made.key.get(), name, {});
  X509* own = made.certificate.get();
  X509* issuer = signer == nullptr ? own : signer->certificate.get();
  EVP_PKEY* key = signer == nullptr ? made.key.get() : signer->key.get();
  sign(own, issuer, key);  // The key identifiers below need the issuer's name.
  extend(own, issuer, NID_basic_constraints, "critical,CA:TRUE,pathlen:" + std::to_string(depth));
  extend(own, issuer, NID_key_usage, "critical,keyCertSign,cRLSign");
  extend(own, issuer, NID_subject_key_identifier, "hash");
  extend(own, issuer, NID_authority_key_identifier, "keyid:always");
  sign(own, issuer, key);
  return made;
}

OwnedCertificate make_leaf(const CertificatePlan& plan, EVP_PKEY* key, const Signer* signer) {
  if (plan.names.empty()) throw Error("make a certificate", "it has no names");
  OwnedCertificate leaf = blank(key, plan.names.front().substr(0, 64), plan);
  X509* own = leaf.get();
  X509* issuer = signer == nullptr ? own : signer->certificate.get();
  extend(own, issuer, NID_basic_constraints, "critical,CA:FALSE");
  extend(own, issuer, NID_key_usage, "critical,digitalSignature");
  extend(own, issuer, NID_ext_key_usage, plan.purpose);
  if (plan.alternative_names)
    extend(own, issuer, NID_subject_alt_name, alternative_names(plan.names));
  extend(own, issuer, NID_subject_key_identifier, "hash");
  if (signer != nullptr) extend(own, issuer, NID_authority_key_identifier, "keyid:always");
  sign(own, issuer, signer == nullptr ? key : signer->key.get(),
       plan.sha1 ? EVP_sha1() : EVP_sha256());
  return leaf;
}

OwnedCertificate shared(X509* certificate) {
  X509_up_ref(certificate);
  return OwnedCertificate(certificate);
}

std::string to_pem(X509* certificate) {
  const OwnedBio bio(check_openssl("make a buffer", BIO_new(BIO_s_mem())));
  check_openssl("write a certificate", PEM_write_bio_X509(bio.get(), certificate));
  char* data = nullptr;
  const long length = BIO_get_mem_data(bio.get(), &data);
  return {data, static_cast<std::size_t>(length)};
}

}  // namespace halfopen::crypto
