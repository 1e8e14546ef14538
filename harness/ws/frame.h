// WebSocket frames as bytes (RFC 6455, section 5.2): an encoder that can also write what no
// library would, and a receiver on wslay.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"

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

/// What to write. The defaults make a correct server frame; every field can be made wrong.
struct FrameHead {
  std::uint8_t opcode = 1;  ///< 0 to 15.
  bool fin = true;
  std::uint8_t rsv = 0;  ///< Bits RSV1 (4), RSV2 (2), RSV3 (1).
  std::optional<std::uint32_t> mask;  ///< A masking key makes the frame masked.
  std::optional<std::uint64_t> declared_length;  ///< Lies about the length.
  /// 0: minimal; else 7, 16 or 64: the number of bits used for the length, minimal or not.
  int length_bits = 0;
};

/// Appends one frame to `out`.
void encode(Bytes& out, const FrameHead& head, ByteView payload);
[[nodiscard]] Bytes frame(Opcode opcode, ByteView payload);
/// A Close frame; no code makes it empty (then the reason must be empty too).
[[nodiscard]] Bytes close_frame(std::optional<std::uint16_t> code, std::string_view reason);

/// One frame as it came.
struct ReceivedFrame {
  std::uint8_t opcode = 0;
  bool fin = true;
  std::uint8_t rsv = 0;
  bool masked = false;
  std::uint64_t length = 0;
};

/// A whole message (data) or control frame.
struct Message {
  Opcode opcode = Opcode::text;
  ByteView payload;    ///< Borrowed for the call.
  int close_code = 0;  ///< Close frames: the code, 1005 for none.
};

enum class Role { server, client };

/// Takes the bytes after the handshake and calls back for each frame and each message. It answers
/// nothing by itself: pings and closes are the caller's. It never buffers more than `limit` bytes
/// of one message; a longer one is a violation (1009).
class Receiver {
 public:
  struct Callbacks {
    /// At the end of every frame, control frames included, before its message.
    std::function<void(const ReceivedFrame&)> on_frame;
    std::function<void(const Message&)> on_message;
  };
  /// What stopped the receiver: the code RFC 6455, section 7.4.1 gives it, and what was wrong.
  struct Violation {
    std::uint16_t code = 1002;
    std::string rule;  ///< "masked", "utf8", "length", "frame"
    std::string text;
  };

  Receiver(Role role, Callbacks callbacks, std::size_t limit = 16 * 1024 * 1024);
  ~Receiver();
  Receiver(Receiver&&) = delete;

  /// Takes all the bytes unless a violation stops it. After a violation or a Close frame the rest
  /// is dropped (RFC 6455, sections 7.1.7 and 5.5.1) but after_close() counts it.
  void feed(ByteView bytes);
  [[nodiscard]] const std::optional<Violation>& violation() const;
  /// Bytes that came after the peer's Close frame.
  [[nodiscard]] std::uint64_t after_close() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace halfopen::ws
