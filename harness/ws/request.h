// Reading an HTTP/1.1 request head from hostile bytes, with llhttp. Also used for page requests.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "ws/headers.h"

namespace halfopen::ws {

struct Request {
  std::string method;
  std::string target;
  Headers headers;
  std::string version = "HTTP/1.1";

  /// The value of the first header of that name (any case), or "".
  [[nodiscard]] std::string_view header(std::string_view name) const;
  /// Whether the comma-separated list header `name` has that token (any case).
  [[nodiscard]] bool has_token(std::string_view name, std::string_view token) const;
};

/// Takes bytes until the head is whole. Bounded: 64 KiB of head, 256 headers.
class RequestReader {
 public:
  RequestReader();
  ~RequestReader();
  RequestReader(RequestReader&&) noexcept;
  RequestReader& operator=(RequestReader&&) noexcept;

  /// Returns how many of the bytes belong to the head; the rest is what follows it.
  std::size_t feed(ByteView bytes);
  [[nodiscard]] bool complete() const;
  /// Why the bytes are no HTTP request, or "". Nothing more is taken after a problem.
  [[nodiscard]] const std::string& problem() const;
  /// Valid once complete().
  [[nodiscard]] const Request& request() const;

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

/// What RFC 6455, section 4.2.1 demands of a client's opening handshake and `request` lacks: one
/// sentence each; empty if nothing is wrong.
[[nodiscard]] std::vector<std::string> handshake_mistakes(const Request& request);

}  // namespace halfopen::ws
