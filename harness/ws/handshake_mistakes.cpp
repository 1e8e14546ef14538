// What a client's opening handshake must have (RFC 6455, sections 4.1 and 4.2.1).
#include <algorithm>

#include "ws/extension.h"
#include "ws/request.h"

namespace halfopen::ws {
namespace {

bool is_base64(char c) {
  return ('A' <= c && c <= 'Z') || ('a' <= c && c <= 'z') || ('0' <= c && c <= '9') || c == '+' ||
         c == '/';
}

/// Base64 of 16 bytes: 22 digits and two signs of padding.
bool is_key(std::string_view key) {
  return key.size() == 24 && key.substr(22) == "==" &&
         std::all_of(key.begin(), key.begin() + 22, is_base64);
}

void check_key(const Request& request, std::vector<std::string>& mistakes) {
  const std::size_t keys = count_of(request.headers, "Sec-WebSocket-Key");
  const std::string_view key = request.header("Sec-WebSocket-Key");
  if (keys == 0) {
    mistakes.emplace_back("there is no Sec-WebSocket-Key");
  } else if (keys > 1) {
    mistakes.emplace_back("Sec-WebSocket-Key appears more than once");
  } else if (!is_key(key)) {
    mistakes.push_back("Sec-WebSocket-Key is not the base64 of 16 bytes: \"" +
                       printable(as_bytes(key), 60) + "\"");
  }
}

void check_version(const Request& request, std::vector<std::string>& mistakes) {
  const std::size_t versions = count_of(request.headers, "Sec-WebSocket-Version");
  const std::string_view version = request.header("Sec-WebSocket-Version");
  if (versions == 0) {
    mistakes.emplace_back("there is no Sec-WebSocket-Version");
  } else if (versions > 1) {
    mistakes.emplace_back("Sec-WebSocket-Version appears more than once");
  } else if (version != "13") {
    mistakes.push_back("Sec-WebSocket-Version is \"" + printable(as_bytes(version), 60) +
                       "\" instead of 13");
  }
}

void check_protocols(const Request& request, std::vector<std::string>& mistakes) {
  if (count_of(request.headers, "Sec-WebSocket-Protocol") == 0) return;
  std::vector<std::string_view> offered = list_of(request.headers, "Sec-WebSocket-Protocol");
  if (offered.empty()) mistakes.emplace_back("Sec-WebSocket-Protocol offers nothing");
  for (const std::string_view name : offered)
    if (!is_token(name))
      mistakes.push_back("Sec-WebSocket-Protocol offers \"" + printable(as_bytes(name), 60) +
                         "\", which is no token");
  std::sort(offered.begin(), offered.end());
  if (std::adjacent_find(offered.begin(), offered.end()) != offered.end()) {
    mistakes.emplace_back("Sec-WebSocket-Protocol offers the same subprotocol twice");
  }
}

void check_extensions(const Request& request, std::vector<std::string>& mistakes) {
  if (count_of(request.headers, "Sec-WebSocket-Extensions") == 0) return;
  if (list_of(request.headers, "Sec-WebSocket-Extensions").empty())
    mistakes.emplace_back("Sec-WebSocket-Extensions offers nothing");
  for (const std::string_view element : malformed_extensions(request.headers))
    mistakes.push_back("Sec-WebSocket-Extensions is malformed at \"" +
                       printable(as_bytes(element), 60) + "\" (RFC 6455, section 9.1)");
}

/// Whether it has anything of an opening handshake: else it is HTTP, and means nothing else.
bool tries(const Request& request) {
  constexpr std::string_view own = "Sec-WebSocket-";
  return request.has_token("Connection", "Upgrade") ||
         std::any_of(request.headers.begin(), request.headers.end(), [&](const auto& header) {
           const std::string_view name = header.first;
           return equal_ignoring_case(name, "Upgrade") ||
                  equal_ignoring_case(name.substr(0, own.size()), own);
         });
}

std::string no_handshake(const std::string& method) {
  const bool vowel = std::string_view("AEIOU").find(method.front()) != std::string_view::npos;
  return (vowel ? "an " : "a ") + method + " without Upgrade: not a WebSocket opening handshake";
}

}  // namespace

std::vector<std::string> handshake_mistakes(const Request& request) {
  if (!tries(request)) return {no_handshake(request.method)};
  std::vector<std::string> mistakes;
  if (request.method != "GET") mistakes.push_back("the method is " + request.method + ", not GET");
  if (request.version != "HTTP/1.1") {
    mistakes.push_back("the version is " + request.version + ", not HTTP/1.1");
  }
  if (count_of(request.headers, "Host") != 1) {
    mistakes.emplace_back("there is not exactly one Host header");
  }
  if (!request.has_token("Upgrade", "websocket")) {
    mistakes.emplace_back("the Upgrade header does not say websocket");
  }
  if (!request.has_token("Connection", "Upgrade")) {
    mistakes.emplace_back("the Connection header does not say Upgrade");
  }
  check_key(request, mistakes);
  check_version(request, mistakes);
  check_protocols(request, mistakes);
  check_extensions(request, mistakes);
  return mistakes;
}

}  // namespace halfopen::ws
