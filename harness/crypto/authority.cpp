#include "crypto/authority.h"

#include <utility>

#include "crypto/certificate.h"
#include "crypto/hash.h"
#include "crypto/identity.h"
#include "crypto/ocsp.h"

namespace halfopen::crypto {

struct Authority::State {
  Signer self = make_authority("halfopen test authority", 1, nullptr);
  std::string pem = to_pem(self.certificate.get());
};

Authority::Authority() : state_(std::make_unique<State>()) {}
Authority::~Authority() = default;
Authority::Authority(Authority&&) noexcept = default;
Authority& Authority::operator=(Authority&&) noexcept = default;

const std::string& Authority::pem() const { return state_->pem; }

std::shared_ptr<const Identity> Authority::issue(const std::vector<std::string>& names) const {
  CertificatePlan plan;
  plan.names = names;
  return issue(plan);
}

std::shared_ptr<const Identity> Authority::issue(const CertificatePlan& plan,
                                                 KeyLog key_log) const {
  auto made = std::make_shared<Identity>();
  made->key_log = std::move(key_log);
  made->key = make_key(plan.rsa_bits);
  made->weak = plan.sha1 || plan.rsa_bits != 0;
  const auto sign_by = [&](const Signer* signer) {
    made->certificate = make_leaf(plan, made->key.get(), signer);
    if (signer != nullptr && plan.whole_chain)
      made->chain.push_back(shared(signer->certificate.get()));
    if (signer != nullptr && plan.revoked)
      made->ocsp_response = revocation_of(made->certificate.get(), *signer);
  };
  switch (plan.signer) {
    case CertificatePlan::Signer::authority:
      sign_by(&state_->self);
      break;
    case CertificatePlan::Signer::intermediate: {
      const Signer between = make_authority("halfopen intermediate authority", 0, &state_->self);
      sign_by(&between);
      break;
    }
    case CertificatePlan::Signer::itself:
      sign_by(nullptr);
      break;
    case CertificatePlan::Signer::stranger: {
      const Signer stranger = make_authority("unknown authority", 0, nullptr);
      sign_by(&stranger);
      break;
    }
  }
  return made;
}

Bytes make_ticket_key() {
  constexpr std::size_t length = 16 + 32 + 32;  // Its name, and keys for HMAC and AES.
  return random_bytes(length);
}

Identities::Identities(const Authority& authority, std::vector<std::string> names, KeyLog key_log)
    : authority_(authority),
      names_(std::move(names)),
      key_log_(std::move(key_log)),
      ticket_key_(make_ticket_key()) {}

const std::shared_ptr<const Identity>& Identities::get(CertificatePlan plan) {
  if (plan.names.empty()) plan.names = names_;
  std::shared_ptr<const Identity>& known = made_[plan];
  if (!known) known = authority_.issue(plan, key_log_);
  return known;
}

}  // namespace halfopen::crypto
