// An HTTP/1.1 message head read from hostile bytes: the one home of llhttp. Requests and responses
// are read through it by request.h and response.h.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "base/bytes.h"
#include "ws/headers.h"

namespace halfopen::ws {

/// A request line or a status line, and the header fields.
struct HttpHead {
  std::string method;   ///< Requests.
  std::string target;   ///< Requests.
  int status = 0;       ///< Responses.
  std::string reason;   ///< Responses.
  std::string version;  ///< "HTTP/1.1"
  Headers headers;
};

/// Takes bytes until the head is whole, whatever follows it. Bounded in bytes and fields.
class HttpHeadReader {
 public:
  enum class Kind { request, response };
  static constexpr std::size_t byte_limit = std::size_t{64} * 1024;
  static constexpr std::size_t field_limit = 256;

  explicit HttpHeadReader(Kind kind);
  ~HttpHeadReader();
  HttpHeadReader(HttpHeadReader&&) noexcept;
  HttpHeadReader& operator=(HttpHeadReader&&) noexcept;

  /// Returns how many of the bytes belong to the head; the rest is what follows it. After a problem
  /// nothing is taken.
  std::size_t feed(ByteView bytes);
  [[nodiscard]] bool complete() const;
  /// Why the bytes are no HTTP head, or "".
  [[nodiscard]] const std::string& problem() const;
  /// Whole once complete().
  [[nodiscard]] const HttpHead& head() const;

  struct State;  ///< Opaque outside http_head.cpp.

 private:
  std::unique_ptr<State> state_;
};

}  // namespace halfopen::ws
