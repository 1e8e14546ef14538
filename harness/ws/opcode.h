// The opcodes of WebSocket frames (RFC 6455, section 11.8).
#pragma once

#include <cstdint>
#include <string>

namespace halfopen::ws {

enum class Opcode : std::uint8_t {
  continuation = 0x0,
  text = 0x1,
  binary = 0x2,
  close = 0x8,
  ping = 0x9,
  pong = 0xa,
};

/// "text", "close", … or "0x3" for the reserved ones.
[[nodiscard]] std::string name_of(std::uint8_t opcode);

}  // namespace halfopen::ws
