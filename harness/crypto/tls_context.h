// The settings that all TLS connections of one side share. Only for the sources of this folder.
#pragma once

#include <memory>
#include <string>

#include "crypto/client_plan.h"
#include "crypto/identity.h"
#include "crypto/openssl.h"
#include "crypto/server_plan.h"

namespace halfopen::crypto {

/// All that the connections by one plan share: a client may have thousands of them.
struct ServerContext {
  ServerPlan plan;
  OwnedContext context;
  KeyLog key_log;  ///< May be null.
};

[[nodiscard]] std::shared_ptr<const ServerContext> server_context(const Identity& identity,
                                                                  const ServerPlan& plan);
/// The plan must outlive the context.
[[nodiscard]] OwnedContext client_context(const std::string& ca_file, const ClientPlan& plan);

/// Whether `name` is an IPv4 or IPv6 address rather than a host name.
[[nodiscard]] bool is_address(const std::string& name);

/// Makes the client demand a certificate for `host`, and say in its ClientHello whom it wants.
void expect_host(SSL* ssl, const std::string& host, const ClientPlan& plan);
/// Why the protocol that the server chose by ALPN is not acceptable, or "".
[[nodiscard]] std::string wrong_protocol(const SSL* ssl, const ClientPlan& plan);

}  // namespace halfopen::crypto
