// The grammar of Sec-WebSocket-Extensions (RFC 6455, section 9.1).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ws/headers.h"

namespace halfopen::ws {

/// One element of the list: `permessage-deflate; server_max_window_bits=10`.
struct Extension {
  std::string name;
  /// In their order; none: a parameter without a value. Quotes are taken off.
  std::vector<std::pair<std::string, std::optional<std::string>>> parameters;
};

/// None where `text` is no such element.
[[nodiscard]] std::optional<Extension> parse_extension(std::string_view text);

/// The elements of Sec-WebSocket-Extensions that are no such thing. (No value may have a comma, in
/// quotes or not, so that all commas part elements.) Borrowed from `headers`.
[[nodiscard]] std::vector<std::string_view> malformed_extensions(const Headers& headers);

}  // namespace halfopen::ws
