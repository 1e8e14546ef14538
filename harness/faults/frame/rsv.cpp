#include "faults/arguments.h"
#include "faults/fault.h"
#include "ws/frame.h"

namespace halfopen::faults {
namespace {

std::vector<Act> acts(const Arguments& arguments) {
  const auto bits = static_cast<std::uint8_t>(argument<std::int64_t>(arguments, "bits"));
  Bytes bytes;
  ws::encode(bytes, {.opcode = 1, .rsv = bits}, as_bytes("hello"));
  return {{Act::Kind::send, bytes}};
}

}  // namespace

extern const Fault frame_rsv = {
    .name = "rsv",
    .layer = Layer::frame,
    .about = "Sends a text message with reserved bits set, and no extension was agreed on.",
    .background = "An extension that nobody agreed on, or bits that a broken proxy flipped.",
    .correct =
        "Fails the connection: Close 1002, TCP closed, nothing delivered; then its usual backoff.",
    .source = "RFC 6455, section 5.2",
    .parameters = {{.name = "bits",
                    .type = Type::count,
                    .fallback = "4",
                    .about = "The bits: 4 is RSV1, 2 is RSV2, 1 is RSV3; any sum of them.",
                    .lowest = 1,
                    .highest = 7}},
    .acts = acts,
    .fails_with = {1002},
};

}  // namespace halfopen::faults
