#include "faults/fault.h"
#include "ws/frame.h"

namespace halfopen::faults {
namespace {

std::vector<Act> acts(const Arguments& /*arguments*/) {
  Bytes bytes;
  ws::encode(bytes, {.opcode = 8}, Bytes{0x03});
  return {{Act::Kind::close, bytes}};
}

}  // namespace

extern const Fault close_one_byte = {
    .name = "one-byte",
    .layer = Layer::close,
    .about = "Sends a Close frame whose body is a single byte.",
    .background = "A server that writes half of a code.",
    .correct = "Fails the connection with 1002.",
    .source = "RFC 6455, section 5.5.1",
    .acts = acts,
    .fails_with = {1002},
};

}  // namespace halfopen::faults
