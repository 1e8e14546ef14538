#include "proxy.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include "base/error.h"
#include "crypto/hash.h"

namespace reference {
namespace {

using halfopen::Bytes;
using halfopen::ByteView;

constexpr std::string_view scheme = "http://";
/// More of a body is not read only to keep a connection.
constexpr std::size_t longest_body = 64UL * 1024;

/// The first of these variables that is set to something.
std::string first_set(std::initializer_list<const char*> names) {
  for (const char* name : names)
    if (const char* value = std::getenv(name); value != nullptr && *value != '\0') return value;
  return {};
}

/// Whether the list names the host, or a domain that it is in.
bool exempts(std::string_view list, std::string_view host) {
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    std::string_view name = halfopen::ws::trimmed(list.substr(0, comma));
    if (name == "*") return true;
    if (name.starts_with('.')) name.remove_prefix(1);
    if (!name.empty() && (host == name || host.ends_with("." + std::string(name)))) return true;
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return false;
}

/// How long the body is, if the connection can be used again behind it.
std::optional<std::size_t> body_to_skip(const halfopen::ws::Response& response) {
  const std::string_view length = halfopen::ws::first_value(response.headers, "Content-Length");
  std::size_t value = 0;
  const auto [end, failure] = std::from_chars(length.data(), length.data() + length.size(), value);
  if (length.empty() || failure != std::errc{} || end != length.data() + length.size())
    return std::nullopt;
  const bool ends = halfopen::ws::has_token(response.headers, "Connection", "close");
  return ends || value > longest_body ? std::nullopt : std::optional(value);
}

}  // namespace

Proxy parse_proxy(std::string_view text) {
  if (!text.starts_with(scheme))
    throw halfopen::Error("read the proxy " + std::string(text), "it does not begin with http://");
  std::string_view rest = text.substr(scheme.size());
  Proxy proxy;
  if (const std::size_t at = rest.find('@'); at != std::string_view::npos) {
    proxy.credentials = rest.substr(0, at);
    rest.remove_prefix(at + 1);
  }
  proxy.address = parse_url("ws://" + std::string(rest));
  return proxy;
}

std::optional<Proxy> proxy_of_environment(const Url& url) {
  if (exempts(first_set({"no_proxy", "NO_PROXY"}), url.host)) return std::nullopt;
  const std::string named =
      url.tls ? first_set({"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"})
              : first_set({"http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"});
  if (named.empty()) return std::nullopt;
  return parse_proxy(named);
}

std::string basic(const Proxy& proxy) {
  return "Basic " + halfopen::crypto::base64(halfopen::as_bytes(proxy.credentials));
}

std::string Tunnel::request() const {
  std::string text = "CONNECT " + authority_ + " HTTP/1.1\r\nHost: " + authority_ + "\r\n";
  if (challenged_ && policy_.sends_proxy_credentials && !proxy_.credentials.empty())
    text += "Proxy-Authorization: " + basic(proxy_) + "\r\n";
  return text + "\r\n";
}

std::size_t Tunnel::feed(ByteView bytes, Bytes& output) {
  std::size_t taken = 0;
  while (state_ == State::asking && taken < bytes.size()) {
    const ByteView rest = bytes.subspan(taken);
    if (body_ > 0) {
      const std::size_t skipped = std::min(body_, rest.size());
      body_ -= skipped;
      taken += skipped;
      continue;
    }
    taken += reader_.feed(rest);
    if (!reader_.problem().empty()) {
      problem_ = reader_.problem();
      state_ = State::refused;
    } else if (reader_.complete()) {
      judge(output);
    }
  }
  return taken;
}

void Tunnel::judge(Bytes& output) {
  const int status = reader_.response().status;
  const bool has_more = policy_.sends_proxy_credentials && !proxy_.credentials.empty();
  if ((200 <= status && status < 300) || !policy_.checks_connect) {
    state_ = State::through;
  } else if (status == 407 && !challenged_ && has_more) {
    authenticate(output);
  } else {
    problem_ = "refused with " + std::to_string(status) + " " + reader_.response().reason;
    state_ = State::refused;
  }
}

/// On the same connection, if the proxy keeps it.
void Tunnel::authenticate(Bytes& output) {
  challenged_ = true;
  const auto body = body_to_skip(reader_.response());
  if (!body) {
    state_ = State::challenged;
    return;
  }
  body_ = *body;
  reader_ = {};
  halfopen::append(output, request());
}

}  // namespace reference
