// Takes WebSocket frames apart (RFC 6455, section 5), and recognises every breach of the protocol.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/bytes.h"
#include "ws/head_reader.h"
#include "ws/opcode.h"

namespace halfopen::ws {

/// A whole message (data) or control frame.
struct Message {
  Opcode opcode = Opcode::text;
  ByteView payload;    ///< Borrowed for the call; inflated.
  int close_code = 0;  ///< Close frames: the code, 1005 for none.
};

/// Whose side the receiver is on: a server takes masked frames only, a client unmasked ones only.
enum class Role { server, client };

/// How compressed messages are read where permessage-deflate was agreed on (RFC 7692).
struct Inflation {
  int window_bits = 15;  ///< The sender's window, 8 to 15.
  bool takeover = true;  ///< The sender may refer back to its earlier messages.

  // ── false is a receiver that is wrong on purpose ──
  bool inflates = true;     ///< Else it takes compressed messages for plain ones.
  bool checks_data = true;  ///< Else data that cannot be inflated is the end of its message.
  bool checks_rsv1 = true;  ///< Else it does not mind RSV1 on frames that do not begin a message.
};

/// Takes the bytes after the handshake and calls back for each frame and each message. It answers
/// nothing by itself: pings and closes are the caller's. It never buffers more than `limit` bytes
/// of one message, inflated where it is compressed; a longer one stops it as a violation does
/// (1009), though nothing forbids it.
class Receiver {
 public:
  struct Callbacks {
    /// At the end of every frame, control frames included, before its message. `payload`: as it was
    /// sent, but not masked; of a compressed frame its first `shown` bytes. Borrowed until the
    /// callback for its message returns.
    std::function<void(const ReceivedFrame&, ByteView payload)> on_frame;
    std::function<void(const Message&)> on_message;
    /// When the first frame of a data message begins: its head is right, and with it came its first
    /// byte, if it has any.
    std::function<void()> on_message_begins{};
  };
  /// What stopped the receiver: the code RFC 6455, section 7.4.1 gives it, and what was wrong.
  struct Violation {
    std::uint16_t code = 1002;
    /// "masked", "utf8", "length" (of the message), "deflate" (its compression), "frame" (all else)
    std::string rule;
    std::string text;
  };

  /// So many bytes of a compressed frame are shown.
  static constexpr std::size_t shown = 64;

  Receiver(Role role, Callbacks callbacks, std::size_t limit = std::size_t{16} * 1024 * 1024);
  ~Receiver();
  Receiver(Receiver&&) = delete;

  /// Messages may be compressed from the next one on. To be called between messages.
  void allow_deflate(const Inflation& inflation);
  /// Takes all the bytes unless a violation stops it; what follows one is dropped (RFC 6455,
  /// section 7.1.7). Behind a Close frame control frames may still come, and are handed on; the
  /// first byte of anything else is dropped with all that follows (section 5.5.1). A frame with a
  /// payload is judged with its first payload byte at the latest. Callbacks must not call feed().
  void feed(ByteView bytes);
  [[nodiscard]] const std::optional<Violation>& violation() const;
  /// Something else than control frames came after the peer's Close frame.
  [[nodiscard]] bool data_after_close() const;
  /// Bytes of memory that hold what has come of the message in progress, and what compressed
  /// messages may refer back to.
  [[nodiscard]] std::size_t buffered() const;
  /// Between messages: gives back the memory that is kept for the next one.
  void release_buffer();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace halfopen::ws
