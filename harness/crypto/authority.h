// The test authority: signs what the fake server shows.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "crypto/certificate_plan.h"
#include "crypto/key_log.h"

namespace halfopen::crypto {

/// A certificate with its private key, opaque outside this folder.
class Identity;

/// A fresh key for the session tickets of a server (ServerPlan::ticket_key).
[[nodiscard]] Bytes make_ticket_key();

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
  /// The same by a plan, which must have names. `key_log` hears the secrets of all connections that
  /// it is shown on.
  [[nodiscard]] std::shared_ptr<const Identity> issue(const CertificatePlan& plan,
                                                      KeyLog key_log = nullptr) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The certificates of one server, each made when it is first asked for. The authority must outlive
/// it.
class Identities {
 public:
  /// `names`: those of the server, for plans without names of their own. `key_log` hears the
  /// secrets of all its connections.
  Identities(const Authority& authority, std::vector<std::string> names, KeyLog key_log = nullptr);

  const std::shared_ptr<const Identity>& get(CertificatePlan plan = {});
  /// With this key that server seals its session tickets.
  [[nodiscard]] const Bytes& ticket_key() const { return ticket_key_; }

 private:
  const Authority& authority_;
  std::vector<std::string> names_;
  KeyLog key_log_;
  Bytes ticket_key_;
  std::map<CertificatePlan, std::shared_ptr<const Identity>> made_;
};

}  // namespace halfopen::crypto
