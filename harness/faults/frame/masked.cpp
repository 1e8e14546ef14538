#include "faults/arguments.h"
#include "faults/fault.h"
#include "ws/frame.h"

namespace halfopen::faults {
namespace {

std::vector<Act> acts(const Arguments& arguments) {
  Bytes bytes;
  ws::encode(bytes, {.opcode = 1, .mask = 0x37fa213d},
             as_bytes(argument<std::string>(arguments, "text")));
  return {{Act::Kind::send, bytes}};
}

}  // namespace

extern const Fault frame_masked = {
    .name = "masked",
    .layer = Layer::frame,
    .about = "Sends a text message in a masked frame, which only clients may do.",
    .background = "A confused server, or a client library used as one: it masks what it sends.",
    .correct =
        "Fails the connection: Close 1002, TCP closed, nothing delivered; then its usual backoff.",
    .source = "RFC 6455, section 5.1",
    .parameters = {{.name = "text", .fallback = "Hello", .about = "The payload."}},
    .acts = acts,
    .fails_with = {1002},
};

}  // namespace halfopen::faults
