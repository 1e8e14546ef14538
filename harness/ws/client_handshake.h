// The client's side of the opening handshake (RFC 6455, section 4.1).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ws/headers.h"
#include "ws/response.h"

namespace halfopen::ws {

struct ClientHandshake {
  std::string key;      ///< Sec-WebSocket-Key: 16 fresh random bytes in base64.
  std::string request;  ///< The bytes on the wire.
};

/// `host` goes into the Host header as it is (with the port where it is not the standard one),
/// `path` into the request line; `protocols` are offered in that order. No extension is offered.
[[nodiscard]] ClientHandshake make_client_handshake(std::string_view host, std::string_view path,
                                                    const Headers& extra = {},
                                                    const std::vector<std::string>& protocols = {});

/// Why a client must not open on that response: one sentence, or "" where it may.
[[nodiscard]] std::string handshake_refusal(const Response& response, std::string_view key,
                                            const std::vector<std::string>& protocols = {});

}  // namespace halfopen::ws
