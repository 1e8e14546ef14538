// The test authority: signs what the fake server shows.
#pragma once

#include <memory>
#include <string>
#include <vector>

namespace halfopen::crypto {

/// A certificate with its private key, opaque outside this folder.
class Identity;

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

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace halfopen::crypto
