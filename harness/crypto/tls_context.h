// The settings that all TLS connections of one side share. Only for the sources of this folder.
#pragma once

#include <string>

#include "crypto/identity.h"
#include "crypto/openssl.h"

namespace halfopen::crypto {

[[nodiscard]] OwnedContext server_context(const Identity& identity);
[[nodiscard]] OwnedContext client_context(const std::string& ca_file);

/// Whether `name` is an IPv4 or IPv6 address rather than a host name.
[[nodiscard]] bool is_address(const std::string& name);

/// Makes the client demand a certificate for `host`, and say in its ClientHello whom it wants.
void expect_host(SSL* ssl, const std::string& host);

}  // namespace halfopen::crypto
