#include "faults/arguments.h"
#include "faults/fault.h"
#include "ws/deflate.h"
#include "ws/frame.h"

namespace halfopen::faults {
namespace {

// A stored block that says it has eleven bytes, and has five (RFC 1951, section 3.2.4). With the
// four bytes that a receiver puts behind every message, two are still missing.
std::vector<Act> acts(const Arguments&) {
  constexpr std::string_view payload("\x00\x0b\x00\xf4\xffHello", 10);
  Bytes bytes;
  ws::encode(bytes, {.opcode = 2, .rsv = ws::rsv1}, as_bytes(payload));
  return {{Act::Kind::send, bytes}};
}

}  // namespace

extern const Fault frame_cut_deflate = {
    .name = "cut-deflate",
    .layer = Layer::frame,
    .about = "Sends a compressed binary message whose data ends in the middle of a block.",
    .background = "A server that does not flush its compressor before it ends the message.",
    .correct = "Fails the connection with 1007 or 1002, and delivers nothing of it.",
    .source = "RFC 7692, sections 7.2.1 and 7.2.2; RFC 6455, section 7.4.1",
    .acts = acts,
    .fails_with = {1007, 1002},
    .needs_deflate = true,
};

}  // namespace halfopen::faults
