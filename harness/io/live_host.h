// The sockets of a live run's host: the server's own, and those of its page, its resolver, and the
// door past its proxy.
#pragma once

#include <memory>
#include <string>

#include "crypto/tls.h"
#include "io/fake_server.h"
#include "io/host.h"
#include "io/name_server.h"
#include "io/page_server.h"
#include "io/passed_by.h"
#include "scenario/scenario.h"

namespace halfopen::io {

class LiveHost {
 public:
  /// All must outlive it. `key_log` hears the secrets of all TLS connections.
  LiveHost(Host& host, const scenario::Scenario& scenario, run::Inside& inside,
           crypto::KeyLog key_log);

  /// The server's certificates; null where it has no TLS.
  [[nodiscard]] std::shared_ptr<crypto::Identities> identities() const;

  void serve(Descriptor listener, const Link& link);
  void serve_page(Descriptor listener, std::string html);
  void serve_names(Descriptor udp, Descriptor tcp);
  /// On the loopback interface nobody sees a SYN: whoever goes past the proxy finds an open door,
  /// and nothing behind it.
  void pass_by(Descriptor listener);

  /// Null before serve().
  [[nodiscard]] FakeServer* server() const { return server_.get(); }

 private:
  Host& host_;
  const scenario::Scenario& scenario_;
  run::Inside& inside_;
  std::shared_ptr<crypto::Identities> identities_;
  std::unique_ptr<FakeServer> server_;
  std::unique_ptr<PassedBy> passed_by_;
  std::unique_ptr<PageServer> page_server_;
  std::unique_ptr<NameServer> name_server_;
};

}  // namespace halfopen::io
