// Watches for the moment at which a client can see that an attempt is over.
#pragma once

#include <cstdint>
#include <optional>

#include "trace/event.h"

namespace halfopen::io {

/// Set when the end is sent, due when it has been delivered. Only the first mark counts.
class EndMark {
 public:
  void set(const trace::EndVisible& end, std::uint64_t offset) {
    if (end_) return;
    end_ = end;
    // The FIN takes one place in the stream, behind the last byte (RFC 9293, section 3.4).
    offset_ = end.how == trace::End::fin ? offset + 1 : offset;
  }
  /// Whether it becomes visible now that that much of the stream has been delivered. True once.
  bool reached(std::uint64_t delivered) {
    if (!end_ || shown_ || end_->how == trace::End::reset || delivered < offset_) return false;
    return shown_ = true;
  }
  /// Silence while there is none.
  [[nodiscard]] trace::EndVisible end() const {
    return end_.value_or(trace::EndVisible{trace::End::silence});
  }

 private:
  std::optional<trace::EndVisible> end_;
  std::uint64_t offset_ = 0;
  bool shown_ = false;
};

}  // namespace halfopen::io
