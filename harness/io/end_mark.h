// Watches for the moment at which a client can see that an attempt is over.
#pragma once

#include <cstdint>
#include <optional>

#include "trace/event.h"

namespace halfopen::io {

/// Set when the end is sent, due when it has been delivered. Only the first mark counts.
class EndMark {
 public:
  void set(trace::End how, int code, std::uint64_t offset) {
    if (how_) return;
    how_ = how;
    code_ = code;
    // The FIN takes one place in the stream, behind the last byte (RFC 9293, section 3.4).
    offset_ = how == trace::End::fin ? offset + 1 : offset;
  }
  /// Whether it becomes visible now that that much of the stream has been delivered. True once.
  bool reached(std::uint64_t delivered) {
    if (!how_ || shown_ || *how_ == trace::End::reset || delivered < offset_) return false;
    return shown_ = true;
  }
  [[nodiscard]] trace::End how() const { return how_.value_or(trace::End::silence); }
  [[nodiscard]] int code() const { return code_; }

 private:
  std::optional<trace::End> how_;
  int code_ = 0;
  std::uint64_t offset_ = 0;
  bool shown_ = false;
};

}  // namespace halfopen::io
