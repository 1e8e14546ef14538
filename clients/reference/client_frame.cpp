// Masked frames.
#include "client_frame.h"

#include "crypto/hash.h"
#include "ws/frame.h"

namespace reference {

using halfopen::append;
using halfopen::Bytes;
using halfopen::ws::Opcode;

Bytes client_frame(Opcode opcode, halfopen::ByteView payload) {
  std::uint32_t key = 0;
  for (const std::uint8_t byte : halfopen::crypto::random_bytes(sizeof key)) key = key << 8U | byte;
  halfopen::ws::FrameHead head;
  head.opcode = static_cast<std::uint8_t>(opcode);
  head.mask = key;
  Bytes frame;
  encode(frame, head, payload);
  return frame;
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
