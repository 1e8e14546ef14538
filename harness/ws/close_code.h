// Status codes of Close frames.
#pragma once

namespace halfopen::ws {

/// Whether a Close frame may carry that code: RFC 6455, sections 7.4.1 and 7.4.2, and the IANA
/// registry of WebSocket close codes (1012 to 1014).
[[nodiscard]] constexpr bool may_be_sent(int code) {
  return (1000 <= code && code <= 1003) || (1007 <= code && code <= 1014) ||
         (3000 <= code && code <= 4999);
}

}  // namespace halfopen::ws
