#include "faults/arguments.h"
#include "faults/fault.h"
#include "ws/frame.h"

namespace halfopen::faults {
namespace {

std::vector<Act> acts(const Arguments& arguments) {
  const bool last = argument<std::string>(arguments, "last") == "yes";
  Bytes bytes;
  ws::encode(bytes, {.opcode = 0, .fin = last}, as_bytes("hello"));
  return {{Act::Kind::send, bytes}};
}

}  // namespace

extern const Fault frame_orphan_continuation = {
    .name = "orphan-continuation",
    .layer = Layer::frame,
    .about = "Sends a continuation frame although no message has begun.",
    .background = "The first fragment got lost in a server that mixes up its messages.",
    .correct =
        "Fails the connection: Close 1002, TCP closed, nothing delivered; then its usual backoff.",
    .source = "RFC 6455, section 5.4",
    .parameters = {{.name = "last",
                    .fallback = "yes",
                    .about = "Whether the fragment is marked as the last one.",
                    .choices = {"yes", "no"}}},
    .acts = acts,
    .fails_with = {1002},
};

}  // namespace halfopen::faults
