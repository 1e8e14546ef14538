// ws:// and wss:// addresses (RFC 6455, section 3), and the rule of browsers about mixed content.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace reference {

struct Url {
  bool tls = false;
  std::string host;  ///< Without the brackets of an IPv6 address.
  std::uint16_t port = 80;
  std::string target = "/";

  /// For the Host header: brackets where needed, and the port unless it is the scheme's own.
  [[nodiscard]] std::string authority() const;
  /// The same with the port in any case, for CONNECT.
  [[nodiscard]] std::string host_and_port() const;
};

/// Throws halfopen::Error for anything that is no ws:// or wss:// address.
[[nodiscard]] Url parse_url(std::string_view text);

/// Whether the query has a parameter `token`.
[[nodiscard]] bool has_token_parameter(const Url& url);
/// Gives that parameter another value, which is put in as it is; false if there is none.
bool set_token_parameter(Url& url, std::string_view token);

/// Whether a page at `origin` may not open `url`: an https page, a plain ws:// address, and a host
/// that is neither localhost nor a loopback address (W3C Mixed Content; Secure Contexts, 3.1).
[[nodiscard]] bool is_mixed_content(std::string_view origin, const Url& url);

}  // namespace reference
