// Masked frames.
#include "client_frame.h"

#include "crypto/hash.h"
#include "ws/deflate.h"
#include "ws/frame.h"

namespace reference {

using halfopen::append;
using halfopen::Bytes;
using halfopen::ws::Opcode;

namespace {

Bytes masked(halfopen::ws::FrameHead head, halfopen::ByteView payload) {
  std::uint32_t key = 0;
  for (const std::uint8_t byte : halfopen::crypto::random_bytes(sizeof key)) key = key << 8U | byte;
  head.mask = key;
  Bytes frame;
  encode(frame, head, payload);
  return frame;
}

}  // namespace

Bytes client_frame(Opcode opcode, halfopen::ByteView payload) {
  return masked({.opcode = static_cast<std::uint8_t>(opcode)}, payload);
}

Bytes compressed_text_frame(halfopen::ByteView packed) {
  return masked({.opcode = static_cast<std::uint8_t>(Opcode::text), .rsv = halfopen::ws::rsv1},
                packed);
}

bool are_whole_frames(halfopen::ByteView bytes) {
  constexpr std::size_t head = 2;
  constexpr std::size_t length_bytes = 2;
  constexpr std::uint8_t length_follows = 126;  // RFC 6455, section 5.2
  while (bytes.size() >= head) {
    std::size_t size = head + (bytes[1] & std::size_t{0x7f});
    if (bytes[1] == length_follows) {
      if (bytes.size() < head + length_bytes) return false;
      size = head + length_bytes + (std::size_t{bytes[2]} << 8 | bytes[3]);
    }
    if (bytes.size() < size) return false;
    bytes = bytes.subspan(size);
  }
  return bytes.empty();
}

Bytes client_close_frame(std::optional<int> code, std::string_view reason) {
  constexpr std::size_t reason_limit = 123;
  Bytes payload;
  if (code) {
    payload = {static_cast<std::uint8_t>(*code >> 8), static_cast<std::uint8_t>(*code & 0xff)};
    append(payload, reason.substr(0, reason_limit));
  }
  return client_frame(Opcode::close, payload);
}

}  // namespace reference
