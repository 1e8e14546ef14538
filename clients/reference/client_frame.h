// Frames as a client sends them: masked with a fresh key (RFC 6455, section 5.3).
#pragma once

#include <optional>
#include <string_view>

#include "base/bytes.h"
#include "ws/opcode.h"

namespace reference {

[[nodiscard]] halfopen::Bytes client_frame(halfopen::ws::Opcode opcode, halfopen::ByteView payload);

/// A text message whose payload is compressed (RFC 7692, section 6.1).
[[nodiscard]] halfopen::Bytes compressed_text_frame(halfopen::ByteView packed);

/// Whether these bytes are frames of a server, up to 64 KiB each, and the last one is whole.
[[nodiscard]] bool are_whole_frames(halfopen::ByteView bytes);

/// A Close frame; its reason is cut to the 123 bytes that fit.
[[nodiscard]] halfopen::Bytes client_close_frame(std::optional<int> code, std::string_view reason);

}  // namespace reference
