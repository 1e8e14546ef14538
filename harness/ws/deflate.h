// Agreeing on permessage-deflate (RFC 7692, section 7.1): what a client offers, what a server
// accepts, and what both hold to from then on.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ws/headers.h"

namespace halfopen::ws {

/// The reserved bit of a message's first frame that says "compressed" (RFC 7692, section 6).
inline constexpr std::uint8_t rsv1 = 4;

/// permessage-deflate as it was agreed on.
struct Deflate {
  static constexpr int most_bits = 15;
  static constexpr int least_bits = 8;

  // What each side sends: whether it may refer back to its earlier messages, and how far back.
  bool server_takeover = true;
  bool client_takeover = true;
  int server_bits = most_bits;  ///< The window is 2 to the power of this, in bytes.
  int client_bits = most_bits;
  /// The offer names server_max_window_bits: then the answer must, too, even if it is 15 (RFC 7692,
  /// section 7.1.2.1).
  bool names_server_bits = false;

  bool operator==(const Deflate&) const = default;
};

/// What this code offers as a client.
inline constexpr std::string_view deflate_offer = "permessage-deflate; client_max_window_bits";

/// The server's side: accepts the first offer that is one, and asks for nothing itself. None where
/// there is no offer, or none without a mistake (those MUST be declined; RFC 7692, section 7.1),
/// and where any part of the header is malformed (RFC 6455, section 9.1).
[[nodiscard]] std::optional<Deflate> accept_offer(const Headers& request);

/// The value of Sec-WebSocket-Extensions that accepts an offer so.
[[nodiscard]] std::string in_words(const Deflate& deflate);

/// What an answer says about extensions.
struct AgreedExtensions {
  std::optional<Deflate> deflate;
  std::string problem;  ///< Why a client that made deflate_offer must not open on it, or "".
};
[[nodiscard]] AgreedExtensions agreed_extensions(const Headers& answer);

}  // namespace halfopen::ws
