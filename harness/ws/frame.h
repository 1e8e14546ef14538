// WebSocket frames as bytes (RFC 6455, section 5.2): an encoder that can also write what no
// library would.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/bytes.h"
#include "ws/opcode.h"
#include "ws/receiver.h"

namespace halfopen::ws {

/// What to write. The defaults make a correct server frame; every field can be made wrong.
struct FrameHead {
  std::uint8_t opcode = 1;  ///< 0 to 15.
  bool fin = true;
  std::uint8_t rsv = 0;  ///< Bits RSV1 (4), RSV2 (2), RSV3 (1).
  /// A masking key makes the frame masked; its highest byte is the first one on the wire.
  std::optional<std::uint32_t> mask{};
  std::optional<std::uint64_t> declared_length{};  ///< Lies about the length.
  /// 0: minimal; else 7, 16 or 64: the number of bits used for the length, minimal or not.
  int length_bits = 0;
};

/// Appends one frame to `out`.
void encode(Bytes& out, const FrameHead& head, ByteView payload);
[[nodiscard]] Bytes frame(Opcode opcode, ByteView payload);
/// A Close frame; no code makes it empty (then the reason must be empty too).
[[nodiscard]] Bytes close_frame(std::optional<std::uint16_t> code, std::string_view reason);

}  // namespace halfopen::ws
