// The server's answer to an opening handshake (RFC 6455, section 4.2.2), correct to begin with and
// open to being spoilt by a fault.
#pragma once

#include <string>
#include <string_view>

#include "base/time.h"
#include "ws/headers.h"

namespace halfopen::ws {

struct Answer {
  std::string version = "HTTP/1.1";
  int status = 101;
  std::string reason = "Switching Protocols";
  Headers headers;    ///< Sent in this order, as they are.
  std::string body;   ///< Sent after the head; Content-Length is not added by itself.
  std::string raw;    ///< If not empty, this is sent instead of all the above.
  Duration delay{};   ///< Wait before the first byte.
  Duration drip{};    ///< If not zero: one byte at a time, this far apart.
  bool valid = true;  ///< Whether a client may open on it; faults clear it.
  bool whole =
      true;  ///< Whether the head ends; a client can do nothing but wait on one that does not.
  std::string endless;  ///< If not empty: follows all the above, over and over …
  Duration every{};     ///< … this far apart; not zero where `endless` is used.

  /// Replaces the first header of that name (any case), or adds it at the end.
  void set(std::string_view name, std::string_view value);
  /// Removes every header of that name (any case).
  void remove(std::string_view name);
};

/// Sec-WebSocket-Accept for a Sec-WebSocket-Key (RFC 6455, section 4.2.2, item 5.4).
[[nodiscard]] std::string accept_for(std::string_view key);

/// The correct 101 for that key; `protocol` is the subprotocol chosen, "" for none.
[[nodiscard]] Answer correct_answer(std::string_view key, std::string_view protocol);

/// The standard reason phrase of an HTTP status (RFC 9110, section 15), or "Unknown".
[[nodiscard]] std::string_view reason_of(int status);

/// The bytes on the wire.
[[nodiscard]] std::string serialise(const Answer& answer);

}  // namespace halfopen::ws
