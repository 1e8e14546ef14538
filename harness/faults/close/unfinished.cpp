#include "faults/fault.h"
#include "ws/frame.h"

namespace halfopen::faults {
namespace {

std::vector<Act> acts(const Arguments& /*arguments*/) {
  Bytes bytes;
  ws::encode(bytes, {.opcode = 8}, Bytes{0x03, 0xe9});
  return {{Act::Kind::linger, bytes}};
}

}  // namespace

extern const Fault close_unfinished = {
    .name = "unfinished",
    .layer = Layer::close,
    .about = "Sends Close 1001, and never ends TCP, whatever the client does.",
    .background = "A server that leaks its sockets.",
    .correct =
        "Answers the Close, waits for a time of its own, ends TCP itself, and reconnects no later "
        "for it.",
    .source = "RFC 6455, section 7.1.1",
    .acts = acts,
};

}  // namespace halfopen::faults
