#include "crypto/authority.h"

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <array>

#include "crypto/identity.h"
#include "crypto/tls_context.h"

namespace halfopen::crypto {
namespace {

constexpr long hour = 3600;
constexpr long day = 24 * hour;

OwnedKey make_key() { return OwnedKey(check_openssl("make a P-256 key", EVP_EC_gen("P-256"))); }

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

/// A certificate with everything but extensions, issuer and signature.
OwnedCertificate blank(EVP_PKEY* key, const std::string& common_name) {
  OwnedCertificate made(check_openssl("make a certificate", X509_new()));
  check_openssl("set the version", X509_set_version(made.get(), X509_VERSION_3));
  set_serial(made.get());
  // An hour ago, for clients whose clock is behind.
  check_openssl("set notBefore", X509_gmtime_adj(X509_getm_notBefore(made.get()), -hour));
  check_openssl("set notAfter", X509_gmtime_adj(X509_getm_notAfter(made.get()), 30 * day));
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

void sign(X509* certificate, X509* issuer, EVP_PKEY* key) {
  check_openssl("set the issuer", X509_set_issuer_name(certificate, X509_get_subject_name(issuer)));
  check_openssl("sign a certificate", X509_sign(certificate, key, EVP_sha256()));
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

std::string to_pem(X509* certificate) {
  const OwnedBio bio(check_openssl("make a buffer", BIO_new(BIO_s_mem())));
  check_openssl("write a certificate", PEM_write_bio_X509(bio.get(), certificate));
  char* data = nullptr;
  const long length = BIO_get_mem_data(bio.get(), &data);
  return {data, static_cast<std::size_t>(length)};
}

}  // namespace

struct Authority::State {
  OwnedKey key = make_key();
  OwnedCertificate certificate = blank(key.get(), "halfopen test authority");
  std::string pem;
};

Authority::Authority() : state_(std::make_unique<State>()) {
  X509* own = state_->certificate.get();
  sign(own, own, state_->key.get());  // The key identifiers below need the issuer's name.
  extend(own, own, NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
  extend(own, own, NID_key_usage, "critical,keyCertSign,cRLSign");
  extend(own, own, NID_subject_key_identifier, "hash");
  extend(own, own, NID_authority_key_identifier, "keyid:always");
  sign(own, own, state_->key.get());
  state_->pem = to_pem(own);
}

Authority::~Authority() = default;
Authority::Authority(Authority&&) noexcept = default;
Authority& Authority::operator=(Authority&&) noexcept = default;

const std::string& Authority::pem() const { return state_->pem; }

std::shared_ptr<const Identity> Authority::issue(const std::vector<std::string>& names) const {
  if (names.empty()) throw Error("make a certificate", "it has no names");
  X509* own = state_->certificate.get();
  OwnedKey key = make_key();
  OwnedCertificate leaf = blank(key.get(), names.front().substr(0, 64));
  extend(leaf.get(), own, NID_basic_constraints, "critical,CA:FALSE");
  extend(leaf.get(), own, NID_key_usage, "critical,digitalSignature");
  extend(leaf.get(), own, NID_ext_key_usage, "serverAuth");
  extend(leaf.get(), own, NID_subject_alt_name, alternative_names(names));
  extend(leaf.get(), own, NID_subject_key_identifier, "hash");
  extend(leaf.get(), own, NID_authority_key_identifier, "keyid:always");
  sign(leaf.get(), own, state_->key.get());
  X509_up_ref(own);
  return std::make_shared<const Identity>(std::move(key), std::move(leaf), OwnedCertificate(own));
}

}  // namespace halfopen::crypto
