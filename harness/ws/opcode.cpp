#include "ws/opcode.h"

#include "base/bytes.h"

namespace halfopen::ws {

std::string name_of(std::uint8_t opcode) {
  switch (static_cast<Opcode>(opcode)) {
    case Opcode::continuation:
      return "continuation";
    case Opcode::text:
      return "text";
    case Opcode::binary:
      return "binary";
    case Opcode::close:
      return "close";
    case Opcode::ping:
      return "ping";
    case Opcode::pong:
      return "pong";
  }
  return "0x" + hex(ByteView(&opcode, 1)).substr(1);
}

}  // namespace halfopen::ws
