// Taking a WebSocket address apart.
#include "url.h"

#include <algorithm>
#include <charconv>

#include "base/error.h"

namespace reference {
namespace {

/// Cuts `prefix` off, if it is there.
bool consume(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

std::uint16_t parse_port(std::string_view digits, std::string_view whole) {
  std::uint16_t port = 0;
  const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (failure != std::errc{} || end != digits.data() + digits.size() || port == 0) {
    throw halfopen::Error("read the address " + std::string(whole), "its port is no port number");
  }
  return port;
}

std::string bracketed(const std::string& host) {
  return host.find(':') == std::string::npos ? host : "[" + host + "]";
}

bool is_loopback(std::string_view host) {
  return host == "localhost" || host.ends_with(".localhost") || host.starts_with("127.") ||
         host == "::1";
}

}  // namespace

std::string Url::authority() const {
  return port == (tls ? 443 : 80) ? bracketed(host) : host_and_port();
}

std::string Url::host_and_port() const { return bracketed(host) + ":" + std::to_string(port); }

Url parse_url(std::string_view text) {
  const auto fail = [&](std::string_view why) {
    return halfopen::Error("read the address " + std::string(text), why);
  };
  std::string_view rest = text;
  Url url;
  url.tls = consume(rest, "wss://");
  if (!url.tls && !consume(rest, "ws://")) throw fail("it begins with neither ws:// nor wss://");
  rest = rest.substr(0, rest.find('#'));

  const std::size_t path = std::min(rest.find_first_of("/?"), rest.size());
  std::string_view authority = rest.substr(0, path);
  url.target = rest.substr(path);
  if (!url.target.starts_with('/')) url.target.insert(0, "/");

  if (consume(authority, "[")) {
    const std::size_t bracket = authority.find(']');
    if (bracket == std::string_view::npos) throw fail("the bracket is never closed");
    url.host = authority.substr(0, bracket);
    authority.remove_prefix(bracket + 1);
  } else {
    url.host = authority.substr(0, authority.find(':'));
    authority.remove_prefix(url.host.size());
  }
  if (url.host.empty()) throw fail("it names no host");
  url.port = url.tls ? 443 : 80;
  if (consume(authority, ":")) url.port = parse_port(authority, text);
  return url;
}

bool has_token_parameter(const Url& url) {
  Url copy = url;
  return set_token_parameter(copy, "");
}

bool set_token_parameter(Url& url, std::string_view token) {
  constexpr std::string_view name = "token=";
  for (std::size_t at = url.target.find('?'); at != std::string::npos;
       at = url.target.find('&', at + 1)) {
    const std::size_t value = at + 1 + name.size();
    if (url.target.compare(at + 1, name.size(), name) != 0) continue;
    const std::size_t end = std::min(url.target.find('&', value), url.target.size());
    url.target.replace(value, end - value, token);
    return true;
  }
  return false;
}

bool is_mixed_content(std::string_view origin, const Url& url) {
  return origin.starts_with("https://") && !url.tls && !is_loopback(url.host);
}

}  // namespace reference
