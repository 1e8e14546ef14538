// A server as its clients see it: a name with addresses, a port and certificates; the resolver that
// knows it, the proxy's portal in front of it, and the places that it has for connections.
#pragma once

#include <memory>
#include <string>

#include "crypto/tls.h"
#include "run/capacity.h"
#include "run/portal.h"
#include "run/resolver.h"

namespace halfopen::run {

/// Where a host is, and how it shows who it is.
struct Site {
  /// Its certificates; null where the scenario has no TLS.
  std::shared_ptr<crypto::Identities> identities{};
  /// Where its name may lead to.
  Places places{};
  /// As its address has it: "server.test:8080". A proxy goes nowhere else.
  std::string authority{};
};

class Host {
 public:
  /// `server` must outlive it.
  Host(const scenario::Server& server, Site site)
      : site_(std::move(site)), resolver_(server, site_.places), capacity_(server.connections) {}
  Host(Host&&) = delete;

  [[nodiscard]] const std::shared_ptr<crypto::Identities>& identities() const {
    return site_.identities;
  }
  [[nodiscard]] const std::string& authority() const { return site_.authority; }
  [[nodiscard]] const Resolver& resolver() const { return resolver_; }
  [[nodiscard]] Capacity& capacity() { return capacity_; }
  [[nodiscard]] const Capacity& capacity() const { return capacity_; }
  [[nodiscard]] Portal& portal() { return portal_; }

  /// An address at which all packets vanish.
  [[nodiscard]] bool is_nowhere(const link::Address& address) const {
    return address == site_.places.nowhere6;
  }
  /// How the network answers at that address, in an attempt whose name resolves like that: the
  /// server is at one of its two, and there it answers as `usual`.
  [[nodiscard]] trace::Port port_at(const link::Address& address,
                                    const faults::Resolution& resolution, trace::Port usual) const;

 private:
  Site site_;
  Resolver resolver_;
  Capacity capacity_;
  Portal portal_;
};

}  // namespace halfopen::run
