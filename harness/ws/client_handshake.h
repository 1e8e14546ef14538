// The client's side of the opening handshake (RFC 6455, section 4.1).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ws/deflate.h"
#include "ws/headers.h"
#include "ws/response.h"

namespace halfopen::ws {

struct ClientHandshake {
  std::string key;      ///< Sec-WebSocket-Key: 16 fresh random bytes in base64.
  std::string request;  ///< The bytes on the wire.
};

/// What a client offers to the server.
struct Offer {
  std::vector<std::string> protocols{};  ///< In that order.
  bool deflate = false;                  ///< permessage-deflate, as deflate_offer.
};

/// `host` goes into the Host header as it is (with the port where it is not the standard one),
/// `path` into the request line.
[[nodiscard]] ClientHandshake make_client_handshake(std::string_view host, std::string_view path,
                                                    const Headers& extra = {},
                                                    const Offer& offer = {});

/// Why a client must not open on that response: one sentence, or "" where it may.
[[nodiscard]] std::string handshake_refusal(const Response& response, std::string_view key,
                                            const Offer& offer = {});

}  // namespace halfopen::ws
