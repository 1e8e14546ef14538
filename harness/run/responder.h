// Answers the opening handshake as the scenario says: correctly, with a fault, with another status,
// late, byte by byte, or never.
#pragma once

#include <optional>

#include "run/context.h"
#include "ws/answer.h"
#include "ws/request.h"

namespace halfopen::run {

/// What the server does with a request. Pure.
struct Reaction {
  ws::Answer answer;
  std::string fault;                ///< Its name, or "".
  bool never = false;               ///< No answer at all.
  bool finish = false;              ///< End the connection after the answer, as HTTP servers do.
  std::vector<faults::Act> acts{};  ///< What the fault does once the answer is written.
};

/// What a request follows upon.
struct Before {
  std::string key;        ///< Sec-WebSocket-Key of the attempt before, or "".
  std::int64_t time = 0;  ///< The wall clock: seconds since 1970, UTC.
  bool tls = false;       ///< The connection is one of TLS.
};

/// The reaction to `request`; `table` may be null (the default attempt). `deflates`: an offer of
/// permessage-deflate is accepted.
[[nodiscard]] Reaction react(const ws::Request& request, const scenario::Attempt* table,
                             const Before& before = {}, bool deflates = true);

/// Writes an answer out: after its delay, at once or byte by byte.
class Responder {
 public:
  Responder(Reaction reaction, Time now);

  /// The bytes that are due now; empty if none are.
  [[nodiscard]] Bytes take(Time now);
  /// All was written, but for what follows without end.
  [[nodiscard]] bool done() const { return !reaction_.never && sent_ >= bytes_.size(); }
  /// The client may have read the head of the answer, and act on it.
  [[nodiscard]] bool head_written() const;
  [[nodiscard]] std::optional<Time> deadline() const;
  [[nodiscard]] const Reaction& reaction() const { return reaction_; }

 private:
  Reaction reaction_;
  std::string bytes_;
  std::size_t sent_ = 0;  ///< Of bytes_, and then of what follows without end.
  Time next_;
};

}  // namespace halfopen::run
