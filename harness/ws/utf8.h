// UTF-8 checked while it arrives (RFC 3629), failing at the first byte that cannot belong to it.
#pragma once

#include <cstdint>

#include "base/bytes.h"

namespace halfopen::ws {

class Utf8Checker {
 public:
  /// False as soon as the bytes so far are no beginning of a well-formed text. Stays false.
  bool feed(ByteView bytes);
  /// Whether the text may end here: no sequence is left unfinished.
  [[nodiscard]] bool at_boundary() const { return missing_ == 0; }
  void reset() { *this = {}; }

 private:
  bool begin_sequence(std::uint8_t lead);

  // What is still to come of the sequence begun, and what its next byte may be.
  std::uint8_t missing_ = 0;
  std::uint8_t lowest_ = 0x80;
  std::uint8_t highest_ = 0xbf;
  bool failed_ = false;
};

}  // namespace halfopen::ws
