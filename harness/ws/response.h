// Reading an HTTP/1.1 response head from hostile bytes: the client's side of the handshake.
#pragma once

#include <memory>
#include <string>

#include "base/bytes.h"
#include "ws/headers.h"

namespace halfopen::ws {

struct Response {
  int status = 0;
  std::string reason;
  Headers headers;
  std::string version = "HTTP/1.1";
};

/// Takes bytes until the final head is whole; interim responses (1xx but 101; RFC 9110, section
/// 15.2) are read over. Bounded: 64 KiB and 256 header fields per head, 8 interim responses.
class ResponseReader {
 public:
  ResponseReader();
  ~ResponseReader();
  ResponseReader(ResponseReader&&) noexcept;
  ResponseReader& operator=(ResponseReader&&) noexcept;

  /// Returns how many of the bytes belong to the heads; the rest is what follows the last one.
  std::size_t feed(ByteView bytes);
  [[nodiscard]] bool complete() const;
  /// Why the bytes are no HTTP response, or "". Nothing more is taken after a problem.
  [[nodiscard]] const std::string& problem() const;
  /// Valid once complete().
  [[nodiscard]] const Response& response() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace halfopen::ws
