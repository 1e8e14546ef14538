#include "faults/arguments.h"
#include "faults/fault.h"
#include "ws/deflate.h"
#include "ws/frame.h"

namespace halfopen::faults {
namespace {

// "Hello", compressed, and its two fragments: the examples of RFC 7692, section 7.2.3.1.
constexpr std::string_view hello("\xf2\x48\xcd\xc9\xc9\x07\x00", 7);

std::vector<Act> acts(const Arguments& arguments) {
  const std::string& on = argument<std::string>(arguments, "on");
  Bytes bytes;
  if (on == "continuation") {
    ws::encode(bytes, {.opcode = 1, .fin = false, .rsv = ws::rsv1}, as_bytes(hello.substr(0, 3)));
    ws::encode(bytes, {.opcode = 0, .rsv = ws::rsv1}, as_bytes(hello.substr(3)));
  } else if (on == "second-fragment") {
    ws::encode(bytes, {.opcode = 1, .fin = false}, {});
    ws::encode(bytes, {.opcode = 0, .rsv = ws::rsv1}, as_bytes(hello));
  } else {
    const std::uint8_t opcode = on == "ping" ? 9 : 10;
    ws::encode(bytes, {.opcode = opcode, .rsv = ws::rsv1}, as_bytes(hello));
  }
  return {{Act::Kind::send, bytes}};
}

}  // namespace

extern const Fault frame_misplaced_rsv1 = {
    .name = "misplaced-rsv1",
    .layer = Layer::frame,
    .about = "Sets the bit that says \"compressed\" on a frame that may not have it.",
    .background = "A server that compresses every frame instead of every message.",
    .correct =
        "Fails the connection: Close 1002, TCP closed, nothing delivered; then its usual backoff.",
    .source = "RFC 7692, section 6.1; RFC 6455, section 5.2",
    .parameters = {{.name = "on",
                    .fallback = "continuation",
                    .about =
                        "On the last fragment of a message that is compressed (continuation) or "
                        "is not (second-fragment), on a ping or on a pong.",
                    .choices = {"continuation", "second-fragment", "ping", "pong"}}},
    .acts = acts,
    .fails_with = {1002},
    .needs_deflate = true,
};

}  // namespace halfopen::faults
