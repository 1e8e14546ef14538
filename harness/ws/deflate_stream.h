// The payloads of compressed messages (RFC 7692, section 7.2), on zlib.
#pragma once

#include <memory>
#include <string>

#include "base/bytes.h"

namespace halfopen::ws {

/// Makes the payloads of one side's compressed messages.
class Compressor {
 public:
  /// `window_bits`: 8 to 15. `takeover`: messages may refer back to those before them.
  Compressor(int window_bits, bool takeover);
  ~Compressor();
  Compressor(Compressor&&) noexcept;
  Compressor& operator=(Compressor&&) noexcept;

  /// The payload of a message that says `plain` (section 7.2.1).
  [[nodiscard]] Bytes compress(ByteView plain);
  /// The next message refers to nothing before it, which is always allowed.
  void forget();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Reads the payloads of one side's compressed messages, in pieces of any size. It holds the window
/// (32 KiB at most) and nothing else.
class Decompressor {
 public:
  /// As the sender's Compressor.
  Decompressor(int window_bits, bool takeover);
  ~Decompressor();
  Decompressor(Decompressor&&) noexcept;
  Decompressor& operator=(Decompressor&&) noexcept;

  enum class Result {
    ok,
    invalid,   ///< That is no such payload; problem() says why.
    too_long,  ///< `plain` would have more than `limit` bytes.
  };
  /// Appends what the next piece of a message's payload says to `plain`, which never gets more than
  /// `limit` bytes.
  [[nodiscard]] Result feed(ByteView piece, Bytes& plain, std::size_t limit);
  /// The message has no more pieces. `invalid` too where its data is not whole.
  [[nodiscard]] Result end_message(Bytes& plain, std::size_t limit);
  /// In zlib's words: "invalid block type".
  [[nodiscard]] const std::string& problem() const;

  /// About what one takes of memory: the window, and what zlib keeps beside it.
  static constexpr std::size_t size = std::size_t{40} * 1024;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace halfopen::ws
