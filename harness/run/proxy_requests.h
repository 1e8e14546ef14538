// The requests that an HTTP proxy reads and passes on.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ws/request.h"

namespace halfopen::run {

/// The path behind "http://AUTHORITY" (absolute-form, RFC 9112, section 3.2.2); `ws://` will do,
/// too. None where the target names another server, or none.
[[nodiscard]] std::optional<std::string> origin_form(std::string_view target,
                                                     std::string_view authority);

/// The head of the request as a proxy sends it on: without what is meant for the proxy itself. With
/// `strips` also without all that is meant for one hop only (RFC 9110, section 7.6.1), such as
/// Upgrade.
[[nodiscard]] std::string head_for_server(const ws::Request& request, bool strips);

/// Whether a Proxy-Authorization is "Basic" with these credentials (RFC 7617, section 2).
[[nodiscard]] bool is_basic(std::string_view value, std::string_view credentials);

}  // namespace halfopen::run
