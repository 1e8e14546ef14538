#include "faults/fault.h"
#include "ws/frame.h"

namespace halfopen::faults {
namespace {

std::vector<Act> acts(const Arguments& /*arguments*/) {
  Bytes payload{0x03, 0xe8};
  append(payload, std::string(124, 'x'));
  Bytes bytes;
  ws::encode(bytes, {.opcode = 8}, payload);
  return {{Act::Kind::close, bytes}};
}

}  // namespace

extern const Fault close_long_reason = {
    .name = "long-reason",
    .layer = Layer::close,
    .about = "Sends Close 1000 with a reason of more than 123 bytes.",
    .background = "A server that puts a stack trace into the reason.",
    .correct = "Fails the connection with 1002: no control frame is that long.",
    .source = "RFC 6455, section 5.5",
    .acts = acts,
    .fails_with = {1002},
};

}  // namespace halfopen::faults
