#include "faults/fault.h"
#include "ws/frame.h"

namespace halfopen::faults {
namespace {

std::vector<Act> acts(const Arguments& /*arguments*/) {
  Bytes bytes;
  ws::encode(bytes, {.opcode = 8}, Bytes{0x03, 0xe8, 'c', 'a', 'f', 0xe9});
  return {{Act::Kind::close, bytes}};
}

}  // namespace

extern const Fault close_bad_reason = {
    .name = "bad-reason",
    .layer = Layer::close,
    .about = "Sends Close 1000 with a reason that is not UTF-8.",
    .background = "A reason in another encoding.",
    .correct = "Fails the connection with 1007 or 1002.",
    .source = "RFC 6455, sections 5.5.1 and 8.1",
    .acts = acts,
    .fails_with = {1007, 1002},
};

}  // namespace halfopen::faults
