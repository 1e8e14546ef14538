// Takes the heads of WebSocket frames apart (RFC 6455, section 5.2).
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "base/bytes.h"
#include "ws/mask.h"

namespace halfopen::ws {

/// One frame as it came.
struct ReceivedFrame {
  std::uint8_t opcode = 0;
  bool fin = true;
  std::uint8_t rsv = 0;
  bool masked = false;
  std::uint64_t length = 0;
};

[[nodiscard]] constexpr bool is_control(std::uint8_t opcode) { return (opcode & 8) != 0; }

/// Reads one head after another, from pieces of any size.
class HeadReader {
 public:
  /// Takes what belongs to the head off the front of `bytes`; nothing where it is whole or faulty.
  void read(ByteView& bytes);
  [[nodiscard]] bool is_whole() const { return have_ == wanted_; }
  /// Something that no head may be: one phrase, or "". It is known with the first byte that shows
  /// it, and what follows is not read.
  [[nodiscard]] const std::string& fault() const { return fault_; }
  /// Of a head that is whole.
  [[nodiscard]] const ReceivedFrame& frame() const { return frame_; }
  /// Of a frame that is masked.
  [[nodiscard]] const MaskingKey& key() const { return key_; }
  /// Begins with the next head.
  void clear() { *this = {}; }

 private:
  static constexpr std::size_t first_part = 2;  ///< All but a longer length and the key.
  static constexpr std::size_t longest = 14;

  [[nodiscard]] std::size_t key_begins() const { return wanted_ - (frame_.masked ? 4 : 0); }
  void take_first_part();
  void take_length();

  std::array<std::uint8_t, longest> bytes_{};
  std::size_t have_ = 0;
  std::size_t wanted_ = first_part;  ///< As far as is known.
  ReceivedFrame frame_;
  MaskingKey key_{};
  std::string fault_;
};

}  // namespace halfopen::ws
